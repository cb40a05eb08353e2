import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { exchangeHttp } from "../../../durable-objects/feed/exchange-http.ts";
import { judgeResult } from "../../../durable-objects/feed/outcome.ts";
import { LONGEST_BAN_MS, parseRetryAfter } from "../../../durable-objects/feed/retry-after.ts";
import { fakeAdapter } from "./fake-venue.ts";

const GET = { method: "GET", path: "/x", body: null } as const;

function http(respond: (init: RequestInit) => Response | Promise<Response>) {
  const seen: RequestInit[] = [];
  const fetch = async (_url: string, init: RequestInit) => {
    seen.push(init);
    return respond(init);
  };
  return { send: exchangeHttp({ base: "https://fake.example", fetch, wall: () => 0, timeLimitMs: 3_000 }), seen };
}

/** A body whose chunks come from a generator; notes whether it was let go. */
function streamed(chunks: Iterator<Uint8Array>, headers: Record<string, string> = {}) {
  const state = { cancelled: false, pulled: 0 };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = chunks.next();
      if (done) return controller.close();
      state.pulled += value.byteLength;
      controller.enqueue(value);
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { response: new Response(body, { headers: { "content-type": "application/json", ...headers } }), state };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe("answers", () => {
  test("status, content type, Retry-After and body are handed on", async () => {
    const headers = { "content-type": "text/html", "retry-after": "7" };
    const { send } = http(() => new Response("späť", { status: 429, headers }));
    expect(await send(GET)).toEqual({
      type: "answer",
      answer: { status: 429, contentType: "text/html", retryAfterMs: 7_000, text: "späť" },
    });
  });

  test("another host of the venue is followed only while the base is the venue's own", async () => {
    const urls: string[] = [];
    const fetch = async (url: string) => {
      urls.push(url);
      return new Response("{}");
    };
    const elsewhere = { ...GET, host: "https://other.example" };
    for (const isVenuesOwn of [true, false]) {
      const send = exchangeHttp({ base: "https://fake.example", isVenuesOwn, fetch, wall: () => 0 });
      await send(elsewhere);
      await send(GET);
    }
    expect(urls.map((url) => new URL(url).host)).toEqual([
      ...["other.example", "fake.example", "fake.example", "fake.example"],
    ]);
  });

  test("a POST carries its JSON, a redirect is never followed", async () => {
    const { send, seen } = http(() => new Response("{}"));
    await send({ method: "POST", path: "/info", body: '{"type":"meta"}' });
    expect(seen[0]).toMatchObject({ method: "POST", body: '{"type":"meta"}', redirect: "manual" });
    expect(seen[0]?.headers).toMatchObject({ "content-type": "application/json" });
  });

  test.each([
    ["7", 7_000],
    [" 7 ", 7_000],
    ["0", null],
    ["-3", null],
    ["Thu, 01 Jan 1970 00:01:00 GMT", 60_000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", null],
    ["Wed, 21 Oct 2099 07:28:00 GMT", LONGEST_BAN_MS],
    ["99999999999999999999", LONGEST_BAN_MS],
    ["259201", LONGEST_BAN_MS],
    ["5, 6", null],
    ["0x10", null],
    ["1e20", null],
    ["1.5", null],
    ["2099", 2_099_000],
    ["2099-01-01", null],
    ["soon", null],
    ["", null],
    [null, null],
  ])("Retry-After %j is %j ms", (header, expected) => {
    expect(parseRetryAfter(header, 0)).toBe(expected);
  });
});

describe("failures never throw", () => {
  test("no connection", async () => {
    const { send } = http(() => Promise.reject(new TypeError("internal error; reference = abc")));
    expect(await send(GET)).toMatchObject({ failure: "unreachable", reason: "internal error; reference = abc" });
  });

  test("headers that never come", async () => {
    const { send, seen } = http(() => new Promise<Response>(() => {}));
    const result = send(GET);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await result).toEqual({ type: "failed", failure: "timed-out", reason: "no answer within 3000 ms" });
    expect(seen[0]?.signal?.aborted).toBe(true);
  });

  test("headers that come too late: the body is let go all the same", async () => {
    const late = streamed([new Uint8Array(10)].values());
    const { send } = http(() => new Promise((resolve) => setTimeout(() => resolve(late.response), 5_000)));
    const result = send(GET);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await result).toMatchObject({ failure: "timed-out" });
    expect(late.state.cancelled).toBe(true);
  });

  test("a body that never ends", async () => {
    const state = { cancelled: false };
    const cancel = () => {
      state.cancelled = true;
    };
    const body = new ReadableStream({ pull: () => new Promise(() => {}), cancel });
    const { send } = http(() => new Response(body));
    const result = send(GET);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await result).toMatchObject({ failure: "timed-out" });
    expect(state.cancelled).toBe(true);
  });

  test("a body of 50 MB is dropped at 16 MB", async () => {
    function* chunks() {
      for (let i = 0; i < 50; i += 1) yield new Uint8Array(1_000_000);
    }
    const { response, state } = streamed(chunks());
    const { send } = http(() => response);
    expect(await send(GET)).toMatchObject({ failure: "too-large" });
    expect(state.pulled).toBeLessThan(19_000_000);
    expect(state.cancelled).toBe(true);
  });

  test("a body announced as too large is not read at all", async () => {
    const { response, state } = streamed([new Uint8Array(10)].values(), { "content-length": "50000000" });
    const { send } = http(() => response);
    expect(await send(GET)).toMatchObject({ failure: "too-large" });
    expect(state.cancelled).toBe(true);
  });

  test("a body shorter than announced", async () => {
    const { response } = streamed([new TextEncoder().encode('{"a":')].values(), { "content-length": "100" });
    const { send } = http(() => response);
    expect(await send(GET)).toMatchObject({ failure: "truncated", reason: expect.stringContaining("after 5 bytes") });
  });
});

describe("what they mean", () => {
  test("a redirect is malformed", async () => {
    const { send } = http(() => new Response(null, { status: 302, headers: { location: "https://consent.example" } }));
    expect(judgeResult(fakeAdapter, await send(GET))).toEqual({
      type: "malformed",
      reason: "status 302 to https://consent.example, expected an answer",
    });
  });

  test.each([
    ["HTML", "<html></html>", "text/html", "malformed"],
    ["truncated JSON", '{"openInterest": "1', "application/json", "malformed"],
    ["JSON", "[]", "application/json", "ok"],
  ])("%s", async (_, text, contentType, type) => {
    const { send } = http(() => new Response(text, { headers: { "content-type": contentType } }));
    expect(judgeResult(fakeAdapter, await send(GET)).type).toBe(type);
  });
});
