// Messages of GET /v1/stream?symbol=BTC&format=json, in order of `seq`. After a gap the client gets `snapshot` again.
// Levels are `[bucketIndex, usd]`: bucket b holds prices from e^(b × 0.0005) up to e^((b + 1) × 0.0005).
// Estimated sizes only; observed liquidations travel in their own field.

export const PROTOCOL_VERSION = 1;

/** How snapshots and deltas travel: as texts of JSON, or as bytes (frame-codec.ts). */
export const STREAM_FORMATS = ["json", "bin"] as const;
export type StreamFormat = (typeof STREAM_FORMATS)[number];

export interface StreamCandle {
  startMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volumeBase: number | null;
}

export interface StreamExchange {
  id: string;
  state: "live" | "degraded" | "stale" | "blocked" | "off";
  ageMs: number | null;
  openInterestUsd: number | null;
  reason?: string;
}

interface Envelope {
  v: typeof PROTOCOL_VERSION;
  seq: number;
  /** Market time of the state. */
  asOf: number;
  modelVersion: string;
  dataSource: "live" | "simulated" | "replay";
  /** `thin`: the symbol is too small for its map to mean much. */
  coverage: { ratio: number | null; exchanges: StreamExchange[]; thin?: boolean; thinReason?: string };
  symbol: string;
  price: number | null;
  /** The open column of `intervalMs`; its levels are those of this message. */
  intervalMs: number;
  columnStartMs: number;
  candle: StreamCandle | null;
}

/** The whole current column under the subscription's filter. */
export interface SnapshotMessage extends Envelope {
  type: "snapshot";
  bucketRatio: 0.0005;
  longs: [number, number][];
  shorts: [number, number][];
}

/** What changed since `seq - 1`: the new USD of each changed bucket, 0 = gone. */
export interface DeltaMessage extends Envelope {
  type: "delta";
  longs: [number, number][];
  shorts: [number, number][];
  /** Set when the column before this one has closed: fetch nothing, it is what you have. */
  closedColumnStartMs: number | null;
}

/**
 * Minutes of an exchange are missing from `fromMs` on: the map goes on without them. A `resync` follows if its history
 * brings them later. `seq` is that of the newest frame, and no frame of its own.
 */
export interface GapMessage {
  v: typeof PROTOCOL_VERSION;
  type: "gap";
  seq: number;
  exchange: string;
  fromMs: number;
  reason: string;
}

/** Columns that were missing are there now, or the standing state was corrected: fetch the heatmap again. `seq` is that of the newest frame, and no frame of its own. */
export interface ResyncMessage {
  v: typeof PROTOCOL_VERSION;
  type: "resync";
  seq: number;
  reason: string;
}

export type ServerMessage = SnapshotMessage | DeltaMessage | GapMessage | ResyncMessage;

/** Application close codes (4000..4999) of the stream. */
export const CLOSE_CODES = {
  "bad-request": 4400,
  "unknown-symbol": 4404,
  "too-many-sockets": 4429,
  "server-restart": 4503,
} as const;
