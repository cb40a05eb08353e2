import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTape } from "../../../src/shared/tape/tape.ts";
import { parseTapeSpec } from "../../../src/shared/tape/tape-spec.ts";

describe("tape specification", () => {
  test.each([
    ["okx:eth:some/file.csv", { venue: "okx", symbol: "ETH", file: "some/file.csv", intervalMs: null }],
    ["a/binance-btc-5m-2024-09.csv", { venue: "binance", symbol: "BTC", intervalMs: 300_000 }],
    ["bybit:SOL:x/binance-btc-1h-2025-04.csv", { venue: "bybit", symbol: "SOL", intervalMs: 3_600_000 }],
    ["b\\hyperliquid-eth-1m-2026-06.csv", { venue: "hyperliquid", symbol: "ETH", intervalMs: 60_000 }],
    ["binance-eth-1h-2024-06.csv", { blankLiquidationIsZero: true }],
    ["binance-eth-1h-2025-04.csv", { blankLiquidationIsZero: false }],
  ])("%s", (text, expected) => expect(parseTapeSpec(text)).toMatchObject(expected));

  test("options stand above the text", () => {
    expect(parseTapeSpec("binance-btc-5m-2024-09.csv", { venue: "okx", symbol: "xrp" })).toMatchObject({
      venue: "okx",
      symbol: "XRP",
    });
  });

  test.each([
    ["binance:BTC:x/binance-btc-oi-polls-2026-01.csv", "polls of open interest"],
    ["allvenues-btc-1h-2025-07.csv", "no open interest of one exchange"],
    ["mystery.csv", "give exchange:SYMBOL:FILE"],
    ["kraken:BTC:x.csv", "exchange kraken is unknown, expected one of binance"],
    ["mtgox-btc-1h-2013.csv", "exchange mtgox is unknown"],
  ])("%s is refused", (text, reason) => {
    const spec = parseTapeSpec(text);
    expect("error" in spec ? spec.error : "accepted").toContain(reason);
    expect("error" in spec ? spec.error : "").not.toContain("\n");
  });
});

describe("tape", () => {
  const header = "time_ms,open,high,low,close,volume,taker_buy_volume,open_interest_base,long_liq_usd,short_liq_usd";
  const options = { intervalMs: 60_000, blankLiquidationIsZero: false };
  const parse = (rows: string[], over = {}) => parseTape([header, ...rows].join("\n"), { ...options, ...over });
  const T = 1_750_000_020_000;

  test("columns are found by name, blanks are unknown, extras are ignored", () => {
    const text = `close,mark,time_ms,low,high,open,funding,note\r\n5,4.9,${T},4,6,5,1e-5,\r\n\r\n`;
    const { bars, rejects, lines } = parseTape(text, options);
    expect(rejects).toEqual([]);
    expect(lines).toEqual([2]);
    expect(bars).toEqual([
      {
        openTime: T,
        intervalMs: 60_000,
        open: 5,
        high: 6,
        low: 4,
        close: 5,
        volumeBase: null,
        takerBuyBase: null,
        openInterestBase: null,
        markHigh: null,
        markLow: null,
        fundingRate: 0.00001,
        observedLongUsd: null,
        observedShortUsd: null,
      },
    ]);
  });

  test("a blank liquidation counts as zero only where the recording says so", () => {
    const row = `${T},1,2,1,2,3,,9,,7`;
    expect(parse([row]).bars[0]).toMatchObject({ observedLongUsd: null, observedShortUsd: 7 });
    expect(parse([row], { blankLiquidationIsZero: true }).bars[0]).toMatchObject({ observedLongUsd: 0 });
  });

  test("without an interval the most usual distance counts", () => {
    const rows = [0, 5, 10, 15, 25].map((m) => `${T + m * 60_000},1,2,1,2,3,,,,`);
    expect(parse(rows, { intervalMs: null }).bars.map((b) => b.intervalMs)).toEqual(Array(5).fill(300_000));
  });

  test("mark extremes need both columns", () => {
    const { bars } = parseTape(`time_ms,open,high,low,close,mark_high,mark_low\n${T},1,2,1,2,2.1,0.9`, options);
    expect(bars[0]).toMatchObject({ markHigh: 2.1, markLow: 0.9 });
  });

  test.each([
    [`${T},1,abc,1,2,3,,,,`, 'column high was "abc", expected a number'],
    [`${T},1,,1,2,3,,,,`, 'column high was "", expected a number'],
    [`${T},1,2,1,2,-3,,,,`, 'column volume was "-3", expected a size of at least 0'],
    [`${T},1,2,0,2,3,,,,`, 'column low was "0", expected a price above 0'],
    [`${T},1,2,1,2,3,,NaN,,`, 'column open_interest_base was "NaN", expected a number'],
    [`${T},1,2,1,2,3,,0x10,,`, 'column open_interest_base was "0x10", expected a number'],
    [`${T},1,2,3,2,3,,,,`, "column high was 2, expected at least low 3"],
    [`${T},9,2,1,2,3,,,,`, "column open was 9, expected between low 1 and high 2"],
    [`${T},1,2,1,9,3,,,,`, "column close was 9, expected between low 1 and high 2"],
    ["1750000020,1,2,1,2,3,,,,", 'column time_ms was "1750000020", expected a time in ms UTC'],
    [`${T},1,2,1,2,3,,,,,,`, "row has 12 fields, expected at most 10"],
    [`${T - 60_000},1,2,1,2,3,,,,`, `column time_ms was ${T - 60_000}, expected later than ${T - 60_000}`],
  ])("%s is refused and the rows around it stand", (row, reason) => {
    const { bars, rejects } = parse([`${T - 60_000},1,2,1,2,3,,,,`, row, `${T + 60_000},1,2,1,2,3,,,,`]);
    expect(rejects).toEqual([{ line: 3, reason }]);
    expect(bars).toHaveLength(2);
  });

  test("a missing column is said once", () => {
    expect(parseTape("time_ms,open,close\n1,2,3", options).rejects).toEqual([
      { line: 1, reason: "header has no column high, low" },
    ]);
    expect(parseTape("", options).rejects).toHaveLength(1);
  });

  test("any text is taken without throwing, and every bar it yields is sound", () => {
    const field = fc.oneof(fc.constantFrom("", "1", "-1", "1e308", "NaN", "1750000020000", "Infinity"), fc.string());
    fc.assert(
      fc.property(fc.array(fc.array(field, { maxLength: 11 })), (rows) => {
        const { bars } = parse(rows.map((row) => row.join(",")));
        return bars.every((b) => b.low > 0 && b.high >= b.close && b.low <= b.open && (b.volumeBase ?? 0) >= 0);
      }),
    );
  });
});
