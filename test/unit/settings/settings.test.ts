import { describe, expect, test } from "vitest";
import { feedName, parseSettings, venueBases, venueOfFeedName } from "../../../src/shared/settings/deployment.ts";
import { hasEnded, marketClock, parseClockLine } from "../../../src/shared/settings/market-clock.ts";

const vars = {
  SYMBOLS: "BTC, ETH,SOL",
  VENUES: "binance,okx",
  BUSY_SYMBOLS: "2",
  BUSY_POLL_MS: "5000",
  TAIL_POLL_MS: "15000",
  DATA_SOURCE: "live",
};

describe("settings", () => {
  test("are read once, in order of importance", () => {
    expect(parseSettings(vars)).toEqual({
      symbols: ["BTC", "ETH", "SOL"],
      venues: ["binance", "okx"],
      busySymbols: 2,
      busyPollMs: 5_000,
      tailPollMs: 15_000,
      dataSource: "live",
      blockedProbeMs: 3_600_000,
    });
  });

  test("top20 stands for twenty coins, also beside others, each once", () => {
    const symbols = (text: string) => parseSettings({ ...vars, SYMBOLS: text }).symbols;
    expect(symbols("top20")).toHaveLength(20);
    expect(symbols("top20").slice(0, 2)).toEqual(["BTC", "ETH"]);
    expect(symbols("SHIB, ETH, top20").slice(0, 3)).toEqual(["SHIB", "ETH", "BTC"]);
    expect(symbols("SHIB, ETH, top20")).toHaveLength(21);
  });

  test.each([
    [{ SYMBOLS: "" }, "variable SYMBOLS was empty, expected a comma-separated list"],
    [{ SYMBOLS: "BTC,eth" }, 'variable SYMBOLS holds "eth", expected coins like BTC, or top20'],
    [
      { VENUES: "binanse" },
      'variable VENUES holds "binanse", expected some of binance, bybit, okx, hyperliquid, bitget, gate, dydx, gmx',
    ],
    [{ BUSY_POLL_MS: "5s" }, 'variable BUSY_POLL_MS was "5s", expected a number of at least 1000'],
    [{ BUSY_POLL_MS: "10" }, 'variable BUSY_POLL_MS was "10", expected a number of at least 1000'],
    [{ DATA_SOURCE: "fake" }, 'variable DATA_SOURCE was "fake", expected one of live, simulated, replay'],
  ])("%j is refused by name", (change, message) => {
    expect(() => parseSettings({ ...vars, ...change })).toThrow(message);
  });

  test("base addresses: the venue's own, an operator's, or no stream", () => {
    const binance = { id: "binance", restBase: "https://own", streamBase: "wss://own" } as const;
    expect(venueBases({ BINANCE_REST: "" }, binance)).toEqual({ rest: "https://own", stream: "wss://own" });
    const changed = { BINANCE_REST: "http://127.0.0.1:9/b/", BINANCE_STREAM: "off" };
    expect(venueBases(changed, binance)).toEqual({ rest: "http://127.0.0.1:9/b", stream: null });
  });

  test("the name of a feed carries its generation", () => {
    expect(feedName(vars, "binance")).toBe("binance#1");
    expect(feedName({ ...vars, BINANCE_GENERATION: "3" }, "binance")).toBe("binance#3");
    expect([venueOfFeedName("okx#12"), venueOfFeedName("okx"), venueOfFeedName("nyse#1")]).toEqual(["okx", null, null]);
  });
});

describe("market clock", () => {
  const replay = {
    CLOCK_MARKET_ORIGIN_MS: "1000",
    CLOCK_WALL_ORIGIN_MS: "5000",
    CLOCK_SPEED: "10",
    CLOCK_END_MS: "3000",
  };

  test("is the wall clock when nothing is set", () => {
    expect(marketClock({ CLOCK_SPEED: "1", CLOCK_END_MS: "" }, () => 42).now()).toBe(42);
  });

  test("runs at its speed and stands still at the end of the tape", () => {
    const at = (wallMs: number) => marketClock(replay, () => wallMs).now();
    expect([at(5_000), at(5_100), at(5_200), at(9_000)]).toEqual([1_000, 2_000, 3_000, 3_000]);
    const line = parseClockLine(replay);
    expect([hasEnded(line, 5_199), hasEnded(line, 5_200)]).toEqual([false, true]);
  });

  test.each([
    [{ ...replay, CLOCK_WALL_ORIGIN_MS: "" }, "variable CLOCK_WALL_ORIGIN_MS was empty"],
    [{ CLOCK_SPEED: "2" }, "variable CLOCK_MARKET_ORIGIN_MS was empty"],
    [{ CLOCK_END_MS: "9" }, "variable CLOCK_MARKET_ORIGIN_MS was empty"],
    [{ ...replay, CLOCK_SPEED: "0" }, 'variable CLOCK_SPEED was "0"'],
  ])("%j is refused by name", (change, message) => {
    expect(() => parseClockLine(change)).toThrow(message);
  });
});

describe("variables", () => {
  test("busy symbols are never polled more slowly than the rest", () => {
    expect(parseSettings({ ...vars, BUSY_POLL_MS: "20000" }).tailPollMs).toBe(20_000);
  });

  test("a list names each entry once, in the order of its first mention", () => {
    expect(parseSettings({ ...vars, SYMBOLS: "ETH,BTC,ETH,," }).symbols).toEqual(["ETH", "BTC"]);
  });
});
