// Bybit's ticker stream: a snapshot holds every field of a ticker, a delta only those that changed.
import { HOUR_MS } from "../../time/clock.ts";
import { contractNamed } from "../contract.ts";
import { emitFundingRate, emitMarkPrice } from "../emit.ts";
import { fundingIntervalMs } from "../funding.ts";
import { type Reading, readRow, textAt } from "../reading.ts";
import { addOpenInterest, readTicker } from "./tickers.ts";
import { messageData } from "./topic.ts";
import * as wire from "./wire.ts";

/** Reads a message of the ticker stream, stamped by the message. */
export function readTickerStream(reading: Reading, payload: unknown): void {
  const data = messageData(reading, payload, "tickers.");
  const message = data === null ? null : readRow(reading, wire.TickerMessage, payload, "$");
  const instrument = message === null ? null : contractNamed(reading, textAt(data, "symbol"), "$.data.symbol", 1);
  if (message === null || instrument === null) return;
  if (message.type === "snapshot") {
    readTicker(reading, instrument, data, "$.data", message.ts);
    return;
  }
  const changed = readRow(reading, wire.TickerDelta, data, "$.data");
  if (changed === null) return;
  if (changed.openInterest !== null || changed.singleOpenInterest !== null) {
    addOpenInterest(reading, instrument, changed, "$.data", message.ts);
  }
  if (changed.markPrice !== null) {
    emitMarkPrice(reading, instrument, message.ts, changed.markPrice, changed.indexPrice);
  }
  // a rate alone does not say when it is charged: the time came with the snapshot
  const { fundingRate, nextFundingTime: fundingTime, fundingIntervalHour: hours } = changed;
  if (fundingRate === null || fundingTime === null) return;
  const intervalMs = fundingIntervalMs(instrument, hours === null ? null : hours * HOUR_MS);
  emitFundingRate(reading, instrument, message.ts, { fundingRate, intervalMs, fundingTime });
}
