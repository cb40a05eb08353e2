// Our reader of binary frames against vectors that another language can use as well (UPDATE_GOLDEN=1 writes them anew).
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FrameReader, writeFrame } from "../../../src/client/frames.ts";
import type { DeltaMessage, SnapshotMessage } from "../../../src/shared/protocol/messages.ts";

const FILE = "test/fixtures/frames/stream.json";
const START = 1_768_092_600_000;

const snapshot: SnapshotMessage = {
  type: "snapshot",
  v: 1,
  seq: 4_711,
  asOf: START + 65_000,
  modelVersion: "flt1",
  dataSource: "simulated",
  coverage: {
    ratio: 0.9375,
    exchanges: [
      { id: "binance", state: "live", ageMs: 900, openInterestUsd: 8_701_540_265 },
      { id: "okx", state: "stale", ageMs: null, openInterestUsd: null, reason: "nothing heard yet" },
    ],
  },
  symbol: "BTC",
  price: 97_012.5,
  intervalMs: 300_000,
  columnStartMs: START,
  candle: { startMs: START, open: 97_000, high: 97_050, low: 96_980, close: 97_012.5, volumeBase: 31.25 },
  bucketRatio: 0.0005,
  longs: [
    [22_930, 1_250_000],
    [22_931, 830_000],
    [22_940, 1],
  ],
  shorts: [[22_990, 2_100_000_000]],
};
const { bucketRatio: _, ...common } = snapshot;
const delta: DeltaMessage = {
  ...common,
  type: "delta",
  seq: 4_712,
  longs: [[22_931, 0]],
  shorts: [],
  candle: null,
  price: null,
  closedColumnStartMs: START - 300_000,
};
const signed: DeltaMessage = {
  ...delta,
  seq: 4_713,
  coverage: {
    ratio: null,
    exchanges: [
      { id: "binance", state: "live", ageMs: 0, openInterestUsd: 1.5 },
      { id: "okx", state: "live", ageMs: 12, openInterestUsd: 2_901_840_127 },
    ],
  },
  candle: { startMs: START, open: 1, high: 1, low: 1, close: 1, volumeBase: null },
  longs: [
    [-14_500, -40_000],
    [-14_499, 250],
  ],
  closedColumnStartMs: null,
};
const STREAM: [SnapshotMessage | DeltaMessage, boolean][] = [
  [snapshot, true],
  [delta, false],
  [signed, true],
];

/** Sizes to the last digit that the vectors hold; another language's exponential may differ beyond. */
const rounded = (value: object) =>
  JSON.parse(
    JSON.stringify(value, (_name, own) => (typeof own === "number" ? Number(own.toPrecision(14)) : own)),
  ) as object;

describe("vectors", () => {
  if (process.env["UPDATE_GOLDEN"] === "1") {
    const reader = new FrameReader();
    const frames = STREAM.map(([message, described]) => {
      const bytes = writeFrame(message, described);
      return { base64: Buffer.from(bytes).toString("base64"), expected: rounded(reader.read(bytes)) };
    });
    mkdirSync("test/fixtures/frames", { recursive: true });
    writeFileSync(FILE, `${JSON.stringify(frames, null, 2)}\n`);
  }
  const frames = JSON.parse(readFileSync(FILE, "utf8")) as { base64: string; expected: object }[];

  test("one reader reads the frames of a stream in their order", () => {
    const reader = new FrameReader();
    for (const { base64, expected } of frames) {
      expect(rounded(reader.read(Uint8Array.from(Buffer.from(base64, "base64"))))).toEqual(expected);
    }
  });

  test("the writer makes the same bytes", () => {
    const written = STREAM.map(([message, described]) =>
      Buffer.from(writeFrame(message, described)).toString("base64"),
    );
    expect(written).toEqual(frames.map(({ base64 }) => base64));
  });
});

describe("a frame", () => {
  test("is the message, but for sizes within 2.2 %", () => {
    const size = fc.integer({ min: -1e9, max: 1e12 }).filter((usd) => usd !== 0);
    const levels = fc.uniqueArray(fc.tuple(fc.integer({ min: -20_000, max: 30_000 }), fc.oneof(size, fc.constant(0))), {
      selector: ([bucket]) => bucket,
      maxLength: 60,
    });
    fc.assert(
      fc.property(levels, levels, fc.nat(), (longs, shorts, seq) => {
        const inOrder = (list: [number, number][]) => list.sort(([a], [b]) => a - b);
        const message: DeltaMessage = { ...signed, seq, longs: inOrder(longs), shorts: inOrder(shorts) };
        const read = new FrameReader().read(writeFrame(message));
        expect({ ...read, longs: [], shorts: [] }).toEqual({ ...message, longs: [], shorts: [] });
        for (const side of ["longs", "shorts"] as const) {
          expect(read[side].map(([bucket]) => bucket)).toEqual(message[side].map(([bucket]) => bucket));
          for (const [i, [, usd]] of message[side].entries()) {
            expect(Math.abs((read[side][i]?.[1] ?? Number.NaN) - usd)).toBeLessThanOrEqual(0.0219 * Math.abs(usd));
          }
        }
      }),
    );
  });

  test("that is cut, too long, of another version or no frame is refused with the reason", () => {
    const bytes = writeFrame(snapshot);
    const read = (wrong: Uint8Array) => new FrameReader().read(wrong);
    for (let length = 0; length < bytes.length; length++)
      expect(() => read(bytes.subarray(0, length))).toThrow(TypeError);
    expect(() => read(Uint8Array.from([...bytes, 0]))).toThrow("too many");
    expect(() => read(Uint8Array.from([...bytes.subarray(0, 4), 2, ...bytes.subarray(5)]))).toThrow("version 2");
    expect(() => read(Uint8Array.from([1, ...bytes]))).toThrow("wrong magic");
    expect(() => read(writeFrame(delta, false))).toThrow("needs one before it");
  });
});
