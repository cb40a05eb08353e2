// What each error code means and what to do about it: for /docs/errors and the examples of the OpenAPI document.
import type { ErrorCode } from "../../../src/shared/error/api-error.ts";

interface Guide {
  means: string;
  remedy: string;
  detail: string;
  parameter?: string;
  accepted?: string[];
}

const GUIDE: Record<ErrorCode, Guide> = {
  "invalid-parameter": {
    means: "A parameter has a value that this address does not take, was given twice, or is in another unit.",
    remedy:
      "`parameter` names it and `accepted` lists what is taken. Times are milliseconds; lists are comma-separated.",
    detail: 'parameter side was "up", expected one of both, long, short',
    parameter: "side",
    accepted: ["both", "long", "short"],
  },
  "unknown-parameter": {
    means: "A parameter that this address does not have: refused, so that a typing error is not silently ignored.",
    remedy: "`accepted` lists the parameters there are.",
    detail: "parameter rnage is not known here; accepted: range, exchange",
    parameter: "rnage",
    accepted: ["range", "exchange"],
  },
  "unknown-symbol": {
    means: "This deployment does not serve the symbol.",
    remedy: "`accepted` lists those that are served; /v1/symbols says more about them.",
    detail: "symbol DOGE is not served here; served: BTC, ETH",
    parameter: "symbol",
    accepted: ["BTC", "ETH"],
  },
  "not-found": {
    means: "There is nothing at this address.",
    remedy: "The addresses are in /openapi.json.",
    detail: "there is no /v1/nope; see /openapi.json",
  },
  "method-not-allowed": {
    means: "The address is there and takes another method.",
    remedy: "Reading is GET or HEAD; OPTIONS lists the methods.",
    detail: "POST is not taken here; use GET",
  },
  "not-enough-history": {
    means:
      "The time that was asked for lies before everything stored; a combination of exchange, leverage and age is kept for seven days.",
    remedy: "The detail says how far back the data reaches; `accepted` holds what can be asked for.",
    detail: "a combination of exchange, leverage and age reaches 7 days back, range was 30d",
    parameter: "range",
    accepted: ["12h", "24h", "3d", "7d"],
  },
  "upgrade-required": {
    means: "The address is a WebSocket and was asked over plain HTTP.",
    remedy: "Connect with ws:// or wss://.",
    detail: "this address speaks WebSocket: connect with ws:// or wss://",
  },
  "invalid-body": {
    means: "The body is no JSON, or not the JSON that is wanted.",
    remedy: "`parameter` names the field at fault.",
    detail: "the body's plan is not acceptable",
    parameter: "plan",
    accepted: ["free", "pro"],
  },
  "payload-too-large": {
    means: "The body is larger than this address reads.",
    remedy: "The detail says how large it may be.",
    detail: "the body may have at most 4096 bytes",
  },
  "key-required": {
    means: "This address is about a key, and none was sent.",
    remedy: "Send it as `Authorization: Bearer fl_live_…` or `X-API-Key`.",
    detail: "usage is counted per key: send one as Authorization: Bearer fl_live_…",
  },
  "invalid-key": {
    means: "The key that was sent is mistyped, unknown or revoked. It is never tried without it instead.",
    remedy: "Leave the key out for the public rate, or ask the operator for another.",
    detail: "this key is not known here",
  },
  "invalid-ticket": {
    means: "A ticket opens streams for one minute, while its key is in use.",
    remedy: "POST /v1/stream/ticket gives another.",
    detail: "this ticket is not good any more: POST /v1/stream/ticket gives another",
    parameter: "ticket",
  },
  "origin-not-allowed": {
    means: "A publishable key was used from a page that it was not made for.",
    remedy: "Have the operator make a key for this origin.",
    detail: "this key is tied to other origins than the one of this request",
  },
  "rate-limited": {
    means: "More requests than the plan has. RateLimit-Policy and RateLimit say how many there are.",
    remedy: "Wait as long as Retry-After says; better, keep answers for their max-age, or open a stream.",
    detail: "too many requests: ask again in 12 s; a key has a higher rate",
  },
  unavailable: {
    means: "The map cannot be read right now, and there is no earlier answer to give instead.",
    remedy: "Try again after Retry-After.",
    detail: "the map of this symbol cannot be read right now; try again in a moment",
  },
  misconfigured: {
    means: "A variable of this deployment holds something that cannot be used; until it is mended nothing is answered.",
    remedy: "For its operator: the detail names the variable and what is accepted; docs/operating.md lists them all.",
    detail: "variable BUSY_POLL_MS: expected a whole number of ms from 1000 to 15000",
  },
  internal: {
    means: "A mistake of ours.",
    remedy: "Tell us the request id.",
    detail: "the request failed; its id helps us find out why",
  },
};

export function guideOf(code: ErrorCode): Guide {
  return GUIDE[code];
}
