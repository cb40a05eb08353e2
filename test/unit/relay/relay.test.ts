import { describe, expect, test } from "vitest";
import { type Frame, Relay } from "../../../durable-objects/relay/relay.ts";
import { parseSubscriptionKey, readAttachment, subscriptionKey } from "../../../durable-objects/relay/subscription.ts";

const frame = (seq: number, whole = false, key = "k"): Frame => ({ key, seq, whole, body: `${key}${seq}` });
function relayWith(...frames: Frame[]): Relay {
  const relay = new Relay();
  for (const one of frames) relay.remember(one);
  return relay;
}
const seqs = (frames: Frame[] | null) => frames?.map((one) => one.seq) ?? null;

describe("resuming", () => {
  test("gives the frames after the client's own, in order", () => {
    const relay = relayWith(frame(1, true), frame(2), frame(3));
    expect([seqs(relay.after("k", 1)), seqs(relay.after("k", 2)), seqs(relay.after("k", 3))]).toEqual([
      [2, 3],
      [3],
      [],
    ]);
  });

  test("is refused where a frame between is not here any more, or never was", () => {
    const relay = relayWith(frame(5, true), frame(6));
    expect([relay.after("k", 3), relay.after("k", 9), relay.after("other", 5)]).toEqual([null, null, null]);
    expect(seqs(relay.after("k", 4))).toEqual([5, 6]);
  });

  test("a hole in the frames makes those before it useless", () => {
    expect(relayWith(frame(1, true), frame(2), frame(4)).after("k", 1)).toBeNull();
  });

  test("a whole frame makes those before it useless", () => {
    const relay = relayWith(frame(1), frame(2), frame(3, true), frame(4));
    expect(relay.after("k", 1)).toBeNull();
    expect(seqs(relay.after("k", 2))).toEqual([3, 4]);
  });

  test("reaches back two minutes of ticks, not for ever", () => {
    const relay = relayWith(...Array.from({ length: 40 }, (_, i) => frame(i + 1)));
    expect(seqs(relay.after("k", 16))).toHaveLength(24);
    expect(relay.after("k", 15)).toBeNull();
  });

  test("subscriptions do not mix, and a forgotten one is gone", () => {
    const relay = relayWith(frame(1, true, "a"), frame(1, true, "b"), frame(2, false, "a"));
    relay.forget("b");
    expect([seqs(relay.after("a", 1)), relay.after("b", 1)]).toEqual([[2], null]);
  });
});

describe("subscriptions", () => {
  test("equal ones have one key, and the key says which it is", () => {
    const one = { filter: "exchange=okx;side=long", intervalMs: 300_000, format: "json" } as const;
    expect(parseSubscriptionKey(subscriptionKey(one))).toEqual(one);
    const bytes = { ...one, format: "bin" } as const;
    expect(parseSubscriptionKey(subscriptionKey(bytes))).toEqual(bytes);
    expect(subscriptionKey(bytes)).not.toBe(subscriptionKey(one));
    for (const wrong of ["300000x|", "b|", "|", "x|y", "1.5|", "300000"])
      expect(parseSubscriptionKey(wrong)).toBeNull();
  });

  test("an attachment that is not ours is no subscription", () => {
    const own = { filter: "", intervalMs: 60_000, heldSeq: 4 };
    expect(readAttachment({ ...own, more: 1 })).toEqual(own);
    for (const wrong of [null, undefined, 5, {}, { filter: 1, intervalMs: 2 }, { filter: "", intervalMs: 60_000 }]) {
      expect(readAttachment(wrong)).toBeNull();
    }
  });
});
