// One message of each kind, shortened: what /asyncapi.json shows. The compiler holds them to the protocol.
import { MODEL_VERSION } from "../../../src/shared/model/model.ts";
import type {
  DeltaMessage,
  GapMessage,
  ResyncMessage,
  ServerMessage,
  SnapshotMessage,
} from "../../../src/shared/protocol/messages.ts";

const envelope = {
  v: 1,
  asOf: 1768092665000,
  modelVersion: MODEL_VERSION,
  dataSource: "simulated",
  coverage: {
    ratio: 0.93,
    exchanges: [
      { id: "binance", state: "live", ageMs: 900, openInterestUsd: 8701540265 },
      { id: "okx", state: "stale", ageMs: 61000, openInterestUsd: 2901840127, reason: "nothing heard for 61 s" },
    ],
  },
  symbol: "BTC",
  price: 97012.5,
  intervalMs: 300000,
  columnStartMs: 1768092600000,
  candle: { startMs: 1768092600000, open: 97000, high: 97050, low: 96980, close: 97012.5, volumeBase: 31.25 },
} as const;

const coverage = () => ({ ratio: envelope.coverage.ratio, exchanges: [...envelope.coverage.exchanges] });

const snapshot: SnapshotMessage = {
  type: "snapshot",
  ...envelope,
  seq: 4711,
  coverage: coverage(),
  bucketRatio: 0.0005,
  longs: [
    [22930, 1250000],
    [22931, 830000],
  ],
  shorts: [[22990, 2100000]],
};
const delta: DeltaMessage = {
  type: "delta",
  ...envelope,
  seq: 4712,
  coverage: coverage(),
  longs: [[22931, 0]],
  shorts: [[22990, 2240000]],
  closedColumnStartMs: null,
};
const gap: GapMessage = {
  v: 1,
  type: "gap",
  seq: 4712,
  exchange: "okx",
  fromMs: 1768092600000,
  reason: "its history does not serve these minutes",
};
const resync: ResyncMessage = {
  v: 1,
  type: "resync",
  seq: 4712,
  reason: "what was missing has been filled from history",
};

export const STREAM_EXAMPLES: { [Type in ServerMessage["type"]]: ServerMessage & { type: Type } } = {
  snapshot,
  delta,
  gap,
  resync,
};
