// Sends one request to a venue, with a time limit over headers and body. Never throws.
import type { Answer, VenueRequest } from "../../src/shared/venue/venue.ts";
import { reasonOf, TimeLimitError, withinTimeLimit } from "../actor/time-limit.ts";
import { readBody } from "./read-body.ts";
import { parseRetryAfter } from "./retry-after.ts";

/**
 * Exchanges answer within half a second; the busiest symbols are polled every 5 s, so a request that takes longer than
 * this would still be under way at the next tick.
 */
export const TIME_LIMIT_MS = 3_000;
/** The longest honest body, an instrument list, is about 2 MB; an isolate has 128 MB for several objects. */
const MAX_BODY_BYTES = 16_000_000;

export type HttpResult =
  | { type: "answer"; answer: Answer }
  | { type: "failed"; failure: "timed-out" | "unreachable" | "too-large" | "truncated" | "redirected"; reason: string };

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;
export type Send = (request: Pick<VenueRequest, "method" | "path" | "body" | "host">) => Promise<HttpResult>;

export interface ExchangeHttpOptions {
  base: string;
  /** True when `base` is the venue's own: only then may a request name another of its hosts. */
  isVenuesOwn?: boolean;
  fetch: Fetch;
  wall: () => number;
  timeLimitMs?: number;
  maxBodyBytes?: number;
}

export function exchangeHttp(options: ExchangeHttpOptions): Send {
  const {
    base,
    isVenuesOwn = false,
    fetch,
    wall,
    timeLimitMs = TIME_LIMIT_MS,
    maxBodyBytes = MAX_BODY_BYTES,
  } = options;
  return async (request) => {
    const abort = new AbortController();
    const root = isVenuesOwn ? (request.host ?? base) : base;
    try {
      const exchange = exchangeOnce(fetch, root + request.path, request, abort.signal, maxBodyBytes, wall);
      return await withinTimeLimit(exchange, timeLimitMs, () => abort.abort());
    } catch (error) {
      const failure = error instanceof TimeLimitError ? "timed-out" : "unreachable";
      return { type: "failed", failure, reason: reasonOf(error).slice(0, 160) };
    }
  };
}

async function exchangeOnce(
  fetch: Fetch,
  url: string,
  request: Pick<VenueRequest, "method" | "body">,
  signal: AbortSignal,
  maxBodyBytes: number,
  wall: () => number,
): Promise<HttpResult> {
  const headers: Record<string, string> = { accept: "application/json", "user-agent": "faultline" };
  if (request.body !== null) headers["content-type"] = "application/json";
  const response = await fetch(url, {
    method: request.method,
    headers,
    signal,
    // a venue never redirects its API: a redirect leads to a consent page or a captive portal
    redirect: "manual",
    ...(request.body === null ? {} : { body: request.body }),
  });
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel().catch(() => {});
    const reason = `status ${response.status} to ${response.headers.get("location")?.slice(0, 80) ?? "nowhere"}, expected an answer`;
    return { type: "failed", failure: "redirected", reason };
  }
  const body = await readBody(response, maxBodyBytes, signal);
  switch (body.type) {
    case "too-large":
      return { type: "failed", failure: "too-large", reason: `body was above ${maxBodyBytes} bytes` };
    case "truncated":
      return {
        type: "failed",
        failure: "truncated",
        reason: `body ended after ${body.bytes} bytes, more were announced`,
      };
    case "text":
      return { type: "answer", answer: toAnswer(response, body.text, wall()) };
  }
}

function toAnswer(response: Response, text: string, wallMs: number): Answer {
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    retryAfterMs: parseRetryAfter(response.headers.get("retry-after"), wallMs),
    text,
  };
}
