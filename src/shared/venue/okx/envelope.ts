// The envelope around every REST answer of OKX.
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { Envelope } from "./wire.ts";

/** Returns the rows of a successful answer, else none after a reject. Success is the text "0"; numbers are error pages. */
export function rowsOf(reading: Reading, payload: unknown): unknown[] {
  const envelope = readRow(reading, Envelope, payload, "$");
  if (envelope === null) return [];
  if (envelope.code === "0") return readList(reading, envelope.data, "$.data");
  reject(reading, "$.code", "the venue did not answer with code 0", `${String(envelope.code)} ${String(envelope.msg)}`);
  return [];
}
