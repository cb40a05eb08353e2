// An answer of the compatible surface, its envelope checked.
import { expect } from "vitest";
import { answer } from "./market.ts";

export const BASE = "/api/futures/liquidation";

export interface Reply<T> {
  code: string;
  msg: string;
  data: T;
  meta: Record<string, unknown>;
}
export async function reply<T>(path: string): Promise<Reply<T>> {
  const body = await answer<Reply<T>>(path);
  expect(body).toMatchObject({
    code: "0",
    msg: "success",
    meta: { estimated: expect.any(Boolean), data_source: "simulated" },
  });
  return body;
}
