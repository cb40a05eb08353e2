// Frames of the stream: bytes and encoding time of `format=bin` against the JSON of the same messages.
import { gzipSync } from "node:zlib";
import { type FrameBody, frameBody } from "../../durable-objects/hub/frame-body.ts";
import { deltaMessage, type FrameContext, openColumnStart, snapshotMessage } from "../../durable-objects/hub/frames.ts";
import { filteredLevels, type Levels, LiveView } from "../../durable-objects/hub/live-view.ts";
import { ALL } from "../../src/shared/market/filter.ts";
import type { DeltaMessage, SnapshotMessage, StreamFormat } from "../../src/shared/protocol/messages.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { type Benchmark, type BenchResult, summary } from "./benchmark.ts";
import { fillHub } from "./hub-day.ts";

const HISTORY = 1_440;
const MINUTES = 10;
/** A frame takes microseconds: one alone would measure the clock. */
const REPEATS = 20;
const INTERVAL_MS = 5 * MINUTE_MS;

function run(): BenchResult {
  const day = fillHub(HISTORY, MINUTES);
  const live = new LiveView();
  const levels = () => filteredLevels(live.at(day.hub.state, day.settings, day.hub.sequence), ALL);
  const context = (): FrameContext => ({
    state: day.hub.state,
    settings: day.settings,
    dataSource: "simulated",
    now: day.hub.state.asOf,
    live: live.at(day.hub.state, day.settings, day.hub.sequence),
    dayVolumeUsd: null,
  });
  let sent: Levels = levels();
  sent = { ...sent, long: sent.long.map(Math.round), short: sent.short.map(Math.round) };
  const whole = snapshotMessage(context(), ALL, INTERVAL_MS, sent);
  const snapshots = { json: encoded("json", whole, null, null), bin: encoded("bin", whole, null, null) };
  let description = snapshots.bin.made.description;
  const deltas = { json: [] as number[], bin: [] as number[], gzip: [] as number[] };
  const took = { json: [] as number[], bin: [] as number[] };
  let column = openColumnStart(day.hub.state, INTERVAL_MS);
  while (day.tick()) {
    const { message, sent: next } = deltaMessage(context(), ALL, INTERVAL_MS, sent, levels(), column);
    const json = encoded("json", message, sent, null);
    const bin = encoded("bin", message, sent, description);
    description = bin.made.description;
    deltas.json.push(json.bytes);
    deltas.bin.push(bin.bytes);
    deltas.gzip.push(gzipSync(json.made.body).length);
    took.json.push(json.ms);
    took.bin.push(bin.ms);
    sent = next;
    column = openColumnStart(day.hub.state, INTERVAL_MS);
  }
  const mean = (samples: readonly number[]) => summary(samples).mean;
  const [json, bin, gzip] = [mean(deltas.json), mean(deltas.bin), mean(deltas.gzip)];
  const packed = gzipSync(snapshots.json.made.body).length;
  return {
    name: "frames",
    what: `one subscription (all exchanges), ${MINUTES} minutes of 5 s ticks after a day, ${day.settings.venues.length} exchanges, seeded market (seed 1)`,
    baseline: { what: "the JSON text of the same message, as format=json sends it" },
    figures: {
      snapshotBytesRatio: { value: snapshots.bin.bytes / snapshots.json.bytes, unit: "× baseline" },
      deltaBytesRatio: { value: bin / json, unit: "× baseline" },
      encodeTimeRatio: { value: mean(took.bin.slice(12)) / mean(took.json.slice(12)), unit: "× baseline" },
      snapshotBinBytes: {
        value: snapshots.bin.bytes,
        unit: `bytes of ${whole.longs.length + whole.shorts.length} levels`,
      },
      snapshotJsonBytes: { value: snapshots.json.bytes, unit: `bytes (${packed} gzipped)` },
      deltaBinBytes: { value: bin, unit: "bytes, mean" },
      deltaJsonBytes: { value: json, unit: `bytes, mean (${Math.round(gzip)} gzipped)` },
      deltaBinEncodeMs: { value: mean(took.bin.slice(12)), unit: "ms, once per subscription and tick" },
    },
  };
}

function encoded(
  format: StreamFormat,
  message: SnapshotMessage | DeltaMessage,
  sent: Levels | null,
  description: string | null,
): { made: FrameBody; bytes: number; ms: number } {
  const make = () => frameBody(format, message, sent === null ? null : { levels: sent, description });
  const before = performance.now();
  let made = make();
  for (let again = 1; again < REPEATS; again++) made = make();
  return { made, bytes: made.body.length, ms: (performance.now() - before) / REPEATS };
}

export const framesBenchmark: Benchmark = { name: "frames", run };
