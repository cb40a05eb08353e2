import { describe, expect, test } from "vitest";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/shared/time/clock.ts";
import { generatedMarket, generatedMarkets } from "../../src/simulator/generator/generated-market.ts";
import { World } from "../../src/simulator/generator/world.ts";
import { liquidationsBetween } from "../../src/simulator/market/event-view.ts";
import { openInterestAt } from "../../src/simulator/market/open-interest-view.ts";
import { candleAt, quoteAt } from "../../src/simulator/market/view.ts";
import { START } from "./support.ts";

/** All columns of a world's minutes and its events, as text. */
function contents(world: World): string {
  return JSON.stringify(
    VENUES.map((venue) => {
      const { minutes, liquidations, fundingCharges } = world.market(venue);
      const length = minutes.end - minutes.first;
      const columns = [
        minutes.open,
        minutes.high,
        minutes.low,
        minutes.close,
        minutes.volumeBase,
        minutes.takerBuyBase,
      ];
      const more = [minutes.openInterestBase, minutes.markHigh, minutes.markLow, minutes.premium, minutes.fundingRate];
      const rows = [...columns, ...more].map((column) =>
        Array.from({ length }, (_, i) => column[(minutes.first + i) % minutes.capacity]),
      );
      return { rows, liquidations, fundingCharges };
    }),
  );
}

describe("the generated market", () => {
  test("the same seed and genesis give the same bytes, in one go or minute by minute", () => {
    const whole = new World("BTC", 5, START);
    whole.advance(START + 2 * DAY_MS - 1);
    const stepwise = new World("BTC", 5, START);
    for (let time = START; time < START + 2 * DAY_MS; time += 7 * MINUTE_MS) stepwise.advance(time);
    stepwise.advance(START + 2 * DAY_MS - 1);
    expect(contents(stepwise) === contents(whole)).toBe(true);
    const other = new World("BTC", 6, START);
    other.advance(START + 2 * DAY_MS - 1);
    expect(contents(other) === contents(whole)).toBe(false);
  });

  test("only what has begun is generated, and asking for the past changes nothing", () => {
    const world = new World("SOL", 1, START);
    world.advance(START + HOUR_MS + 5);
    expect(world.frontierMs).toBe(START + HOUR_MS + MINUTE_MS);
    world.advance(START);
    expect(world.frontierMs).toBe(START + HOUR_MS + MINUTE_MS);
  });

  test.each(VENUES)("%s: longs equal shorts equal open interest at every hour", (venue) => {
    const world = new World("ETH", 2, START);
    const market = generatedMarket(world, venue);
    for (let time = START + HOUR_MS; time <= START + 24 * HOUR_MS; time += HOUR_MS) {
      world.advance(time - MINUTE_MS);
      const positions = market.truth(time);
      const total = (side: string) =>
        positions.filter((position) => position.side === side).reduce((sum, position) => sum + position.sizeBase, 0);
      const openInterest = openInterestAt(market, time)?.openInterestBase ?? 0;
      expect(total("long") / openInterest).toBeCloseTo(1, 9);
      expect(total("short") / openInterest).toBeCloseTo(1, 9);
    }
  });

  test("no open position is beyond its liquidation price, and traders have one", () => {
    const world = new World("BTC", 3, START);
    const market = generatedMarket(world, "binance");
    const time = START + 12 * HOUR_MS;
    world.advance(time - MINUTE_MS);
    const { markPrice } = quoteAt(market, time - 1) ?? { markPrice: 0 };
    const traders = market.truth(time).filter((position) => position.kind === "trader");
    expect(traders.length).toBeGreaterThan(1_000);
    for (const { side, liquidationPrice } of traders) {
      if (side === "long") expect(liquidationPrice!).toBeLessThan(markPrice * 1.001);
      else expect(liquidationPrice!).toBeGreaterThan(markPrice * 0.999);
    }
  });

  test("the truth of the past is the truth that was", () => {
    const world = new World("SOL", 4, START);
    const time = START + 3 * HOUR_MS;
    world.advance(time - MINUTE_MS);
    const then = world.truth("okx", time);
    world.advance(START + 9 * HOUR_MS);
    expect(world.truth("okx", time)).toEqual(then);
  });

  test("five days look like a market: scale, turnover, volatility, liquidations within their minute's range", () => {
    const [binance, bybit] = generatedMarkets({
      seed: 7,
      genesisMs: START,
      symbols: ["BTC"],
      venues: ["binance", "bybit"],
    });
    const end = START + 5 * DAY_MS;
    for (const market of [binance!, bybit!]) {
      market.advance(end - 1);
      const candle = candleAt(market, START, 5 * DAY_MS, end)!;
      const openInterest = openInterestAt(market, end)!.openInterestBase;
      expect(candle.close).toBeGreaterThan(60_000);
      expect(candle.close).toBeLessThan(150_000);
      expect(candle.volumeBase! / 5 / openInterest).toBeGreaterThan(1.5);
      expect(candle.volumeBase! / 5 / openInterest).toBeLessThan(7);
      const events = liquidationsBetween(market, START, end, end);
      expect(events.length).toBeGreaterThan(100);
      for (const event of events) {
        const minute = candleAt(market, Math.floor(event.time / MINUTE_MS) * MINUTE_MS, MINUTE_MS, end)!;
        expect(event.fillPrice).toBeGreaterThanOrEqual(minute.low);
        expect(event.fillPrice).toBeLessThanOrEqual(minute.high);
        expect(event.sizeBase).toBeGreaterThan(0);
        const beyond =
          event.side === "long" ? event.fillPrice - event.bankruptcyPrice : event.bankruptcyPrice - event.fillPrice;
        expect(beyond).toBeGreaterThan(-0.01 * event.fillPrice);
      }
    }
    expect(quoteAt(binance!, end)!.lastPrice / quoteAt(bybit!, end)!.lastPrice).toBeCloseTo(1, 2);
  });

  test("a change of open interest is never more than the volume", () => {
    const world = new World("ETH", 9, START);
    world.advance(START + DAY_MS);
    for (const venue of VENUES) {
      const { minutes, contract } = world.market(venue);
      for (let minute = minutes.first + 1; minute < minutes.end; minute++) {
        const at = (column: Float64Array, m: number) => column[m % minutes.capacity]!;
        const change = Math.abs(at(minutes.openInterestBase, minute) - at(minutes.openInterestBase, minute - 1));
        expect(change).toBeLessThanOrEqual(at(minutes.volumeBase, minute) + contract.sizeStep);
      }
    }
  });

  test("memory is bounded: the oldest minutes are let go, history stays a month", () => {
    const world = new World("SOL", 1, START);
    world.advance(START + 33 * DAY_MS);
    const { minutes, liquidations } = world.market("binance");
    expect(minutes.end - minutes.first).toBe(minutes.capacity);
    expect(minutes.capacity).toBeGreaterThanOrEqual(31 * 24 * 60);
    expect(liquidations[0]!.time).toBeGreaterThanOrEqual((minutes.first - 24 * 60) * MINUTE_MS);
  });
});
