// What tests read of the API's answers, and how they ask for them.
import { expect } from "vitest";
import { answer, request } from "./market.ts";

interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  parameter?: string;
  accepted?: string[];
  requestId: string;
}
export interface Envelope {
  asOf: number;
  modelVersion: string;
  dataSource: string;
  coverage: {
    ratio: number | null;
    exchanges: {
      id: string;
      state: string;
      ageMs: number | null;
      openInterestUsd: number | null;
      modelled: boolean;
    }[];
  };
}
export interface Heatmap extends Envelope {
  symbol: string;
  range: string;
  intervalMs: number;
  filter: Record<string, unknown>;
  currency: string;
  price: number;
  columns: number[];
  prices: number[];
  cells: [number, number, number][];
  candles: number[][];
  firstBucket: number;
  bucketsPerLevel: number;
}
export type Sizes = Record<string, number>;
export interface LiquidationMap extends Envelope {
  price: number;
  levels: { price: number; longUsd: number; shortUsd: number; byLeverage: Sizes; byExchange: Sizes }[];
  cumulative: { price: number; longUsd: number; shortUsd: number }[];
  totals: { longUsd: number; shortUsd: number };
}
export interface Bars extends Envelope {
  bars: { exchange: string; startMs: number; close: number; openInterestBase: number | null; volumeBase: number }[];
}

/** The problem that a wrong request gets. */
export async function refused(path: string, init: RequestInit = {}): Promise<Problem> {
  const response = await request(path, init);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const body = (await response.json()) as Problem;
  expect(body.status).toBe(response.status);
  expect(body.requestId).toBe(response.headers.get("request-id"));
  expect(body.title).not.toBe("");
  return body;
}

export const heatmap = (query: string) => answer<Heatmap>(`/v1/heatmap/BTC?${query}`);
