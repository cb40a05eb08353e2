// Answers to Bybit's subscriptions: no market data, but a refused one must not pass for silence.
import { type Reading, readRow, reject } from "../reading.ts";
import * as wire from "./wire.ts";

/** Reads the answer to a subscription. */
export function readAcknowledgement(reading: Reading, payload: unknown): void {
  const answer = readRow(reading, wire.Acknowledgement, payload, "$");
  if (answer === null) return;
  reading.result.about = "the answer to a subscription: no market data";
  if (!answer.success) reject(reading, "$.success", `the venue refused to ${answer.op}`, answer.ret_msg);
}
