import { describe, expect, test } from "vitest";
import { SettingError } from "../../../src/shared/error/setting-error.ts";
import { parseVariables } from "../../../src/shared/settings/check.ts";
import {
  feedName,
  MAX_TICK_MS,
  parseSettings,
  venueBases,
  venueOfFeedName,
} from "../../../src/shared/settings/deployment.ts";
import { hasEnded, marketClock, parseClockLine } from "../../../src/shared/settings/market-clock.ts";
import { ADAPTERS } from "../../../src/shared/venue/registry.ts";

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
    [{ SYMBOLS: "" }, 'variable SYMBOLS was "", expected a comma-separated list of coins like BTC, or top20'],
    [{ SYMBOLS: "BTC,eth" }, 'variable SYMBOLS was "eth", expected coins like BTC, or top20; did you mean ETH?'],
    [{ SYMBOLS: "BTC ETH" }, 'variable SYMBOLS was "BTC ETH", expected coins like BTC, or top20'],
    ...["BTCUSDT", "BTC-USDT-SWAP", "BTC_USDT", "BTC-USD", "BTCUSDC", "BTCUSD", "btcusdt"].map(
      (pair): [Record<string, string>, string] => [
        { SYMBOLS: pair },
        `was "${pair}", expected coins like BTC, or top20; did you mean BTC?`,
      ],
    ),
    [
      { VENUES: "binance,ftx" },
      'variable VENUES was "ftx", expected some of binance, bybit, okx, hyperliquid, bitget, gate, dydx, gmx',
    ],
    [{ BUSY_POLL_MS: "5s" }, 'variable BUSY_POLL_MS was "5s", expected a whole number of ms from 1000 to 15000'],
    [{ BUSY_POLL_MS: "10" }, 'variable BUSY_POLL_MS was "10", expected a whole number of ms from 1000 to 15000'],
    [{ BUSY_POLL_MS: "30000" }, "expected a whole number of ms from 1000 to 15000"],
    [{ BUSY_POLL_MS: "1e4" }, "expected a whole number of ms from 1000 to 15000"],
    [{ BUSY_SYMBOLS: "2.5" }, 'variable BUSY_SYMBOLS was "2.5", expected a whole number of symbols from 0 to 1000'],
    [{ TAIL_POLL_MS: "2000" }, 'variable TAIL_POLL_MS was "2000", expected at least BUSY_POLL_MS, which is 5000'],
    [{ TAIL_POLL_MS: "5s" }, "expected a whole number of ms from 1000 to 60000"],
    [{ BLOCKED_PROBE_MS: "0" }, "expected a whole number of ms from 1000 to 86400000"],
    [{ THIN_OPEN_INTEREST_USD: "30M" }, "expected a number of USD from 0 to"],
    [{ THIN_DAILY_VOLUME_USD: "-1" }, "expected a number of USD from 0 to"],
    [{ HISTORY_MS: "14d" }, "expected a whole number of ms from 60000 to"],
    [{ KEEP_LIQUIDATIONS_DAYS: "0" }, "expected a whole number of days from 1 to 3650"],
    [{ OKX_GENERATION: "two" }, "variable OKX_GENERATION"],
    [{ CLOCK_SPEED: "fast" }, "variable CLOCK_SPEED"],
    [{ MODEL_PARAMS: "{" }, "variable MODEL_PARAMS"],
    [{ DATA_SOURCE: "fake" }, 'variable DATA_SOURCE was "fake", expected one of live, simulated, replay'],
  ])("%j is refused by name", (change, message) => {
    expect(() => parseVariables({ ...vars, ...change })).toThrow(message);
    expect(() => parseVariables({ ...vars, ...change })).toThrow(SettingError);
  });

  test.each([
    [
      { GMX_REST: "user:pass@host" },
      "variable GMX_REST is not acceptable, expected an address that begins with http:// or https://",
    ],
    [{ EURO_RATE_REST: "ftp://key@host" }, "variable EURO_RATE_REST is not acceptable"],
    [
      { BYBIT_STREAM: "htp:/x" },
      'variable BYBIT_STREAM is not acceptable, expected an address that begins with ws:// or wss://, or "off"',
    ],
    [
      { ADMIN_TOKEN: "too-short" },
      "variable ADMIN_TOKEN is not acceptable, expected a secret of at least 24 characters",
    ],
    [{ BYBIT_STREAM: "https://x?key=1" }, "variable BYBIT_STREAM is not acceptable"],
  ])("%j is refused by name, without what may be a secret", (change, message) => {
    expect(() => parseVariables({ ...vars, ...change })).toThrow(message);
    const text = Object.values(change)[0] ?? "";
    expect(() => parseVariables({ ...vars, ...change })).not.toThrow(text);
  });

  test("the longest poll still reaches every exchange in time for its stream's pings", () => {
    const late = 5_000;
    const asked = ADAPTERS.flatMap(({ stream }) => stream?.rules.heardWithinMs ?? []);
    expect(asked.length).toBeGreaterThan(2);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(MAX_TICK_MS + late);
  });

  test("whatever a variable holds, it is taken or refused by name", () => {
    const names = Object.keys(vars).concat("HISTORY_MS", "CLOCK_SPEED", "BLOCKED_PROBE_MS", "OKX_REST", "OKX_STREAM");
    for (const name of names) {
      for (const value of [
        "",
        " ",
        "0",
        "-1",
        "1e99",
        "NaN",
        "Infinity",
        "0x10",
        "null",
        "[]",
        "ä",
        "x".repeat(5_000),
      ]) {
        try {
          parseVariables({ ...vars, [name]: value });
        } catch (error) {
          expect(error).toMatchObject({ variable: name });
          expect(String(error).length).toBeLessThan(400);
        }
      }
    }
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
    [{ ...replay, CLOCK_WALL_ORIGIN_MS: "" }, 'variable CLOCK_WALL_ORIGIN_MS was ""'],
    [{ CLOCK_SPEED: "2" }, 'variable CLOCK_MARKET_ORIGIN_MS was ""'],
    [{ CLOCK_END_MS: "9" }, 'variable CLOCK_MARKET_ORIGIN_MS was ""'],
    [{ ...replay, CLOCK_SPEED: "0" }, 'variable CLOCK_SPEED was "0"'],
  ])("%j is refused by name", (change, message) => {
    expect(() => parseClockLine(change)).toThrow(message);
  });
});

describe("variables", () => {
  test("a list names each entry once, in the order of its first mention", () => {
    expect(parseSettings({ ...vars, SYMBOLS: "ETH,BTC,ETH,," }).symbols).toEqual(["ETH", "BTC"]);
  });
});
