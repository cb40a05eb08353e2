// Times as ISO-8601 text in UTC: `2025-12-08T16:11:00.000Z`.
import * as z from "zod/mini";
import { readNumber, TIME_MS } from "./num.ts";

const ISO_UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;

/** A field that must hold such a time; read as EpochMs. */
export const isoTime = z.pipe(
  z.unknown(),
  z.transform((value: unknown, ctx): number => {
    const read =
      typeof value === "string" && ISO_UTC.test(value)
        ? readNumber(Date.parse(value), TIME_MS)
        : { reason: "is not an ISO-8601 time in UTC" };
    if ("value" in read) return read.value;
    ctx.issues.push({ code: "custom", message: read.reason, input: value });
    return z.NEVER;
  }),
);
