// A message of the stream, taken apart for its bytes and put together again: what seldom changes is the description.
import type { FrameNumbers, Level } from "./frame-codec.ts";
import { type DeltaMessage, PROTOCOL_VERSION, type SnapshotMessage, type StreamExchange } from "./messages.ts";

/** Everything of a message that is no number of this moment; sent again when it changes. */
export interface FrameDescription {
  modelVersion: string;
  dataSource: SnapshotMessage["dataSource"];
  symbol: string;
  intervalMs: number;
  exchanges: Omit<StreamExchange, "ageMs" | "openInterestUsd">[];
}

export function takeApart(message: SnapshotMessage | DeltaMessage): {
  description: FrameDescription;
  numbers: FrameNumbers;
} {
  const { modelVersion, dataSource, symbol, intervalMs, coverage, ...rest } = message;
  const exchanges = coverage.exchanges.map(({ ageMs: _, openInterestUsd: __, ...said }) => said);
  return {
    description: { modelVersion, dataSource, symbol, intervalMs, exchanges },
    numbers: {
      whole: message.type === "snapshot",
      seq: rest.seq,
      asOf: rest.asOf,
      columnStartMs: rest.columnStartMs,
      closedColumnStartMs: message.type === "delta" ? message.closedColumnStartMs : null,
      coverageRatio: coverage.ratio,
      exchanges: coverage.exchanges,
      price: rest.price,
      candle: rest.candle,
      longs: rest.longs,
      shorts: rest.shorts,
    },
  };
}

/** The message as `format=json` sends it, its sizes rounded to the scale of the frames. */
export function putTogether(description: FrameDescription, numbers: FrameNumbers): SnapshotMessage | DeltaMessage {
  const { exchanges: said, ...about } = description;
  const exchanges = said.map((own, i): StreamExchange => {
    const { ageMs, openInterestUsd } = numbers.exchanges[i] ?? { ageMs: null, openInterestUsd: null };
    return { ...own, ageMs, openInterestUsd };
  });
  const { seq, asOf, price, columnStartMs, candle, closedColumnStartMs } = numbers;
  const moment = { seq, asOf, price, columnStartMs, candle };
  const levels = { longs: copy(numbers.longs), shorts: copy(numbers.shorts) };
  const coverage = { ratio: numbers.coverageRatio, exchanges };
  const common = { v: PROTOCOL_VERSION, ...about, ...moment, coverage, ...levels } as const;
  return numbers.whole
    ? { type: "snapshot", bucketRatio: 0.0005, ...common }
    : { type: "delta", ...common, closedColumnStartMs };
}

function copy(levels: readonly Level[]): Level[] {
  return levels.map(([bucket, usd]) => [bucket, usd]);
}
