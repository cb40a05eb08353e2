import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { ADAPTERS, adapterOf } from "../../../src/shared/venue/registry.ts";
import type { Answer, Verdict } from "../../../src/shared/venue/venue.ts";
import { needsShared, sharedFolder } from "../../support/shared.ts";

const JSON_TYPE = "application/json;charset=UTF-8";
const HTML = "text/html";

function judge(venue: VenueId, text: string, parts: Partial<Answer> = {}): Verdict {
  return adapterOf(venue).judge({ status: 200, contentType: JSON_TYPE, retryAfterMs: null, text, ...parts });
}

/** File, HTTP status, content type, verdict. */
const RECORDED: [string, number, string, Verdict["type"]][] = [
  ["binance-400-invalid-symbol.json", 400, JSON_TYPE, "bad-symbol"],
  ["binance-403-waf.html", 403, HTML, "blocked"],
  ["binance-418-ip-ban.json", 418, JSON_TYPE, "banned"],
  ["binance-429-rate-limit.json", 429, JSON_TYPE, "rate-limited"],
  ["binance-451-geo-block.json", 451, JSON_TYPE, "blocked"],
  ["binance-503-unknown.json", 503, JSON_TYPE, "maintenance"],
  ["binance-empty-list.json", 200, JSON_TYPE, "ok"],
  ["bitget-400172-parameter.json", 400, JSON_TYPE, "malformed"],
  ["bitget-40200-maintenance.json", 200, JSON_TYPE, "maintenance"],
  ["bitget-40309-delisted.json", 400, JSON_TYPE, "bad-symbol"],
  ["bitget-429-rate-limit.json", 429, JSON_TYPE, "rate-limited"],
  ["bybit-10001-symbol-invalid.json", 200, JSON_TYPE, "bad-symbol"],
  ["bybit-10006-rate-limit.json", 200, JSON_TYPE, "rate-limited"],
  ["bybit-10009-region.json", 200, JSON_TYPE, "blocked"],
  ["bybit-10016-server-error.json", 200, JSON_TYPE, "maintenance"],
  ["bybit-403-geo-block.html", 403, HTML, "blocked"],
  ["bybit-empty-list.json", 200, JSON_TYPE, "ok"],
  ["gate-400-invalid-parameter.json", 400, JSON_TYPE, "malformed"],
  ["hyperliquid-422-text.txt", 422, "text/plain", "malformed"],
  ["hyperliquid-429-null.json", 429, JSON_TYPE, "rate-limited"],
  ["okx-404-numeric-code.json", 404, JSON_TYPE, "malformed"],
  ["okx-50001-maintenance.json", 503, JSON_TYPE, "maintenance"],
  ["okx-50011-rate-limit.json", 429, JSON_TYPE, "rate-limited"],
  ["okx-50011-rate-limit.json", 200, JSON_TYPE, "rate-limited"],
  ["okx-50015-liquidation-needs-family.json", 200, JSON_TYPE, "malformed"],
  ["okx-51001-unknown-instrument.json", 200, JSON_TYPE, "bad-symbol"],
  ["okx-empty-list.json", 200, JSON_TYPE, "ok"],
];

describe("recorded answers", needsShared(), () => {
  test.each(RECORDED)("%s with %i is %4$s", (file, status, contentType, type) => {
    const venue = file.split("-")[0] as VenueId;
    const text = readFileSync(join(sharedFolder(), "fixtures/venues/errors", file), "utf8");
    expect(judge(venue, text, { status, contentType })).toMatchObject({ type });
  });

  test.each(ADAPTERS.map(({ id }) => id))("a truncated body is malformed at %s", (venue) => {
    const text = readFileSync(join(sharedFolder(), "fixtures/venues/errors/truncated.json.txt"), "utf8");
    expect(judge(venue, text)).toMatchObject({ type: "malformed" });
  });
});

describe.each(ADAPTERS.map(({ id }) => id))("%s", (venue) => {
  test("an answer that is not JSON is malformed, whatever it says", () => {
    expect(judge(venue, "{}", { contentType: "text/html" })).toMatchObject({ type: "malformed" });
    expect(judge(venue, "", { contentType: "" })).toMatchObject({ type: "malformed" });
    expect(judge(venue, "")).toMatchObject({ type: "malformed" });
  });

  test("a page instead of data is judged by its status", () => {
    const page = { contentType: HTML };
    expect(judge(venue, "<html>no</html>", { ...page, status: 403 })).toMatchObject({ type: "blocked" });
    expect(judge(venue, "<html>slow</html>", { ...page, status: 429, retryAfterMs: 7_000 })).toEqual({
      type: "rate-limited",
      reason: "HTTP 429",
      retryAfterMs: 7_000,
    });
    expect(judge(venue, "<html>bad gateway</html>", { ...page, status: 502 })).toMatchObject({ type: "maintenance" });
    expect(judge(venue, "<html>later</html>", { ...page, status: 503, retryAfterMs: 60_000 })).toMatchObject({
      ...{ type: "maintenance", retryAfterMs: 60_000 },
    });
    expect(judge(venue, "<html>not found</html>", { ...page, status: 404 })).toMatchObject({ type: "malformed" });
    expect(judge(venue, "", { ...page, status: 451 })).toMatchObject({ type: "blocked" });
  });
});

describe("what only one says", () => {
  test("Binance: a ban ends when its text says, else after Retry-After, else unknown", () => {
    const ban = (msg: string) => JSON.stringify({ code: -1003, msg });
    expect(judge("binance", ban("IP banned until 1790000600000. Use streams."), { status: 418 })).toMatchObject({
      type: "banned",
      untilMs: 1_790_000_600_000,
    });
    expect(judge("binance", ban("banned"), { status: 418, retryAfterMs: 120_000 })).toMatchObject({
      type: "banned",
      untilMs: null,
      forMs: 120_000,
    });
    const over = { status: 418, retryAfterMs: 120_000 };
    expect(judge("binance", ban("IP banned until 1620286253180."), over)).toMatchObject({
      ...{ type: "banned", untilMs: 1_620_286_253_180, forMs: 120_000 },
    });
    expect(judge("binance", ban("banned until 17"), { status: 418 })).toMatchObject({ type: "banned", untilMs: null });
    expect(judge("binance", "teapot", { status: 418, contentType: HTML })).toMatchObject({ type: "banned" });
  });

  test("Binance: code 0 is the block of a place, with any status", () => {
    expect(judge("binance", JSON.stringify({ code: 0, msg: "restricted" }))).toMatchObject({ type: "blocked" });
  });

  test("Binance: any other code with a 200 is no data", () => {
    expect(judge("binance", JSON.stringify({ code: -4000, msg: "no" }))).toMatchObject({ type: "malformed" });
    expect(judge("binance", "null")).toMatchObject({ type: "malformed" });
  });

  test("Bybit: too frequent access locks out for ten minutes", () => {
    const text = "<html>403, access too frequent</html>";
    expect(judge("bybit", text, { status: 403, contentType: HTML })).toMatchObject({ type: "banned", forMs: 600_000 });
  });

  test("Bybit and OKX: a body without their code is no answer of theirs", () => {
    expect(judge("bybit", "{}")).toMatchObject({ type: "malformed" });
    expect(judge("okx", "[]")).toMatchObject({ type: "malformed" });
    expect(judge("okx", JSON.stringify({ code: 0, data: [] }))).toMatchObject({ type: "malformed" });
  });

  test("dYdX and GMX: a refused ticker or token, not every refusal", () => {
    const errors = (msg: string) => JSON.stringify({ errors: [{ msg }] });
    expect(judge("dydx", errors("ticker must be a valid ticker"), { status: 400 })).toMatchObject({
      type: "bad-symbol",
    });
    expect(judge("dydx", errors("limit must be positive"), { status: 400 })).toMatchObject({ type: "malformed" });
    expect(judge("gmx", JSON.stringify({ error: "unknown token symbol" }), { status: 400 })).toMatchObject({
      type: "bad-symbol",
    });
    expect(judge("gmx", "{}", { status: 400 })).toMatchObject({ type: "malformed" });
  });

  test("Hyperliquid: null with a 200 is an unknown coin", () => {
    expect(judge("hyperliquid", "null")).toMatchObject({ type: "bad-symbol" });
    expect(judge("hyperliquid", "[]")).toEqual({ type: "ok" });
  });
});
