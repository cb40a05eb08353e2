// The envelope around every REST answer of Bitget.
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { Envelope } from "./wire.ts";

const SUCCESS = "00000";

/** Returns the data of a successful answer, or undefined after a reject. */
export function dataOf(reading: Reading, payload: unknown): unknown {
  const envelope = readRow(reading, Envelope, payload, "$");
  if (envelope === null) return undefined;
  if (envelope.code === SUCCESS) return envelope.data ?? null;
  const words = `${String(envelope.code)} ${String(envelope.msg)}`;
  reject(reading, "$.code", `the venue did not answer with code ${SUCCESS}`, words);
  return undefined;
}

/** Returns the rows of a successful answer and where they are: a list, or a list under `key` of the data (v3). */
export function rowsOf(reading: Reading, payload: unknown, key: string): { rows: unknown[]; path: string } {
  const data = dataOf(reading, payload);
  if (data === undefined) return { rows: [], path: "$.data" };
  if (typeof data === "object" && data !== null && !Array.isArray(data)) {
    const path = `$.data.${key}`;
    return { rows: readList(reading, Reflect.get(data, key), path), path };
  }
  return { rows: readList(reading, data, "$.data"), path: "$.data" };
}
