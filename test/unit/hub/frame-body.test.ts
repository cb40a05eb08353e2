// Binary frames of a hub: whoever adds them up holds the map within the error that the format states.
import fc from "fast-check";
import { expect, test } from "vitest";
import { frameBody } from "../../../durable-objects/hub/frame-body.ts";
import { deltaMessage, type FrameContext, snapshotMessage } from "../../../durable-objects/hub/frames.ts";
import { createHubState } from "../../../durable-objects/hub/hub-state.ts";
import type { Levels } from "../../../durable-objects/hub/live-view.ts";
import { FrameReader } from "../../../src/client/frames.ts";
import { ALL } from "../../../src/shared/market/filter.ts";
import { DAY0 } from "../../support/batches.ts";

const context: FrameContext = {
  state: { ...createHubState(), frame: 7, asOf: DAY0 + 61_000, cursor: DAY0 + 60_000 },
  settings: { symbol: "BTC", venues: ["okx"], historyMs: 60_000, speed: 1 },
  dataSource: "simulated",
  now: DAY0 + 62_000,
  live: [],
  dayVolumeUsd: null,
};
const usd = fc.oneof(fc.constant(0), fc.integer({ min: -1_000_000, max: 100_000_000 }));
const levels = fc
  .record({ first: fc.integer({ min: 100, max: 110 }), long: fc.array(usd, { maxLength: 30 }) })
  .map(({ first, long }): Levels => {
    return { first, long: Float64Array.from(long), short: new Float64Array(long.length) };
  });
const bytes = (body: string | Uint8Array<ArrayBuffer>) => {
  if (typeof body === "string") throw new Error("text instead of bytes");
  return body;
};

test("a client holds each level within 2.2 % of its code and 1 % of drift, however long it listens", () => {
  fc.assert(
    fc.property(levels, fc.array(levels, { minLength: 1, maxLength: 8 }), (first, later) => {
      const reader = new FrameReader();
      const held = new Map<number, number>();
      const take = (body: string | Uint8Array<ArrayBuffer>) => {
        for (const [bucket, size] of reader.read(bytes(body)).longs) held.set(bucket, size);
      };
      let made = frameBody("bin", snapshotMessage(context, ALL, 60_000, first), null);
      take(made.body);
      let sent = first;
      for (const now of later) {
        const delta = deltaMessage(context, ALL, 60_000, sent, now, DAY0);
        made = frameBody("bin", delta.message, { levels: sent, description: made.description });
        take(made.body);
        sent = delta.sent;
        now.long.forEach((is, i) => {
          const has = held.get(now.first + i) ?? 0;
          expect(Math.abs(has - is)).toBeLessThanOrEqual(0.033 * Math.abs(is));
        });
      }
    }),
  );
});

test("a level whose code is the same is not sent again, and the description only when it has changed", () => {
  const before: Levels = { first: 5, long: Float64Array.of(1_000_000, 50_000), short: new Float64Array(2) };
  const now: Levels = { first: 5, long: Float64Array.of(1_012_000, 80_000), short: new Float64Array(2) };
  const whole = frameBody("bin", snapshotMessage(context, ALL, 60_000, before), null);
  const { message } = deltaMessage(context, ALL, 60_000, before, now, DAY0);
  expect(message.longs).toHaveLength(2);
  const known = frameBody("bin", message, { levels: before, description: whole.description });
  const reader = new FrameReader();
  reader.read(bytes(whole.body));
  expect(reader.read(bytes(known.body)).longs.map(([bucket]) => bucket)).toEqual([6]);
  const forgotten = frameBody("bin", message, { levels: before, description: null });
  expect(bytes(forgotten.body).length).toBeGreaterThan(bytes(known.body).length);
  expect(new FrameReader().read(bytes(forgotten.body))).toMatchObject({ type: "delta", symbol: "BTC" });
});
