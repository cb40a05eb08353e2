// How each exchange says "too many", "banned", "not here", "not now": bodies in their shape, in our words where theirs is prose.
import type { VenueId } from "../../shared/market/symbol.ts";
import { type EpochMs, MINUTE_MS } from "../../shared/time/clock.ts";
import { jsonReply, textReply, type WireReply } from "./wire.ts";

export type RefusalKind = "429" | "418" | "451" | "403-html" | "5xx";

const RETRY_AFTER_S = 3;
const BAN_MS = 2 * MINUTE_MS;

const BLOCKED_PAGE = `<!DOCTYPE html>
<html><head><title>403 Forbidden</title></head>
<body><h1>403 Forbidden</h1><p>This address may not use the service from where it is.</p></body></html>
`;

/** Answers a request with a refusal. `stampMs` is the exchange's own time, `banFromMs` the wall time of the refusal. */
export function refuse(venue: VenueId, kind: RefusalKind, stampMs: EpochMs, banFromMs: EpochMs): WireReply {
  if (kind === "403-html") return blockedPage();
  switch (venue) {
    case "binance":
      return refuseBinance(kind, banFromMs);
    case "bybit":
      return refuseBybit(kind, stampMs);
    case "okx":
      return refuseOkx(kind);
    case "hyperliquid":
      return refuseHyperliquid(kind);
    case "bitget":
      return refuseBitget(kind, stampMs);
    case "gate":
      return refuseGate(kind);
    case "dydx":
    case "gmx":
      return refusePlainly(kind);
  }
}

function blockedPage(): WireReply {
  return textReply(BLOCKED_PAGE, 403, "text/html");
}

function refuseBinance(kind: Exclude<RefusalKind, "403-html">, banFromMs: EpochMs): WireReply {
  const retryAfter = (seconds: number) => ({ "retry-after": String(seconds) });
  switch (kind) {
    case "429":
      return jsonReply(
        { code: -1003, msg: "Too many requests; current limit is 2400 requests per minute." },
        429,
        retryAfter(RETRY_AFTER_S),
      );
    case "418": {
      // clients wait by the clock on their wall, so the end of the ban is wall time
      const end = banFromMs + BAN_MS;
      return jsonReply(
        { code: -1003, msg: `Way too much request weight used; IP banned until ${end}.` },
        418,
        retryAfter(BAN_MS / 1000),
      );
    }
    case "451":
      return jsonReply({ code: 0, msg: "Service unavailable from a restricted location." }, 451);
    case "5xx":
      return jsonReply({ code: -1000, msg: "An unknown error occurred while processing the request." }, 503);
  }
}

/** Bybit refuses inside HTTP 200, but bans by HTTP 403 without JSON. */
function refuseBybit(kind: Exclude<RefusalKind, "403-html">, stampMs: EpochMs): WireReply {
  const inside = (retCode: number, retMsg: string, status = 200) =>
    jsonReply({ retCode, retMsg, result: {}, retExtInfo: {}, time: stampMs }, status);
  switch (kind) {
    case "429":
      return inside(10006, "Too many visits!");
    case "418":
      return textReply("access too frequent", 403, "text/plain");
    case "451":
      return inside(10009, "Service Restricted: Access is currently unavailable for your region.");
    case "5xx":
      return inside(10016, "Server error.", 503);
  }
}

function refuseOkx(kind: Exclude<RefusalKind, "403-html">): WireReply {
  switch (kind) {
    case "429":
      return jsonReply({ msg: "Too Many Requests", code: "50011" }, 429, { "retry-after": String(RETRY_AFTER_S) });
    case "418":
      // no ban is documented: the same refusal, this time inside a success
      return jsonReply({ msg: "Too Many Requests", code: "50011" }, 200);
    case "451":
      return blockedPage();
    case "5xx":
      return jsonReply({ code: "50001", msg: "Service temporarily unavailable. Try again later", data: [] }, 503);
  }
}

/** No envelope of their own: the status says it all, and a place that is refused gets the page of the network in front. */
function refusePlainly(kind: Exclude<RefusalKind, "403-html">): WireReply {
  switch (kind) {
    case "429":
    case "418":
      return jsonReply({ errors: [{ msg: "Too many requests" }] }, 429, { "retry-after": String(RETRY_AFTER_S) });
    case "451":
      return blockedPage();
    case "5xx":
      return textReply("Service Unavailable", 503, "text/plain");
  }
}

function refuseHyperliquid(kind: Exclude<RefusalKind, "403-html">): WireReply {
  switch (kind) {
    case "429":
      return jsonReply(null, 429);
    case "418":
      return textReply("<html><body>429 Too Many Requests</body></html>", 429, "text/html");
    case "451":
      return blockedPage();
    case "5xx":
      return textReply("Service Unavailable", 503, "text/plain");
  }
}

function refuseBitget(kind: Exclude<RefusalKind, "403-html">, stampMs: EpochMs): WireReply {
  const body = (code: string, msg: string) => ({ code, msg, requestTime: stampMs, data: null });
  switch (kind) {
    case "429":
    case "418":
      // no ban is documented: the same refusal
      return jsonReply(body("429", "Too Many Requests"), 429, { "retry-after": String(RETRY_AFTER_S) });
    case "451":
      // what Workers were told by the edge in front of the exchange
      return jsonReply({ message: "Forbidden", cloudflare: "block" }, 403);
    case "5xx":
      return jsonReply(body("40200", "Server upgrade, please try again later"), 200);
  }
}

function refuseGate(kind: Exclude<RefusalKind, "403-html">): WireReply {
  switch (kind) {
    case "429":
    case "418":
      // no ban is documented: the same refusal
      return jsonReply({ label: "TOO_MANY_REQUESTS", message: "Request rate limit exceeded" }, 429, {
        "retry-after": String(RETRY_AFTER_S),
      });
    case "451":
      return blockedPage();
    case "5xx":
      return jsonReply({ label: "SERVER_ERROR", message: "Internal server error" }, 500);
  }
}
