// The newest trades of a market: its volume cut into pieces along the price path, with the taker side the source knows.
import { type EpochMs, MINUTE_MS } from "../../shared/time/clock.ts";
import { hashUniform, seedOf } from "../chance.ts";
import { roundToStep } from "../decimal.ts";
import type { Market } from "./market.ts";
import { minuteOf, read, slotOf } from "./minutes.ts";
import { pathOf, priceAt } from "./path.ts";

export interface TradeView {
  id: number;
  time: EpochMs;
  price: number;
  sizeBase: number;
  takerSide: "buy" | "sell";
}

const TRADES_PER_MINUTE = 120;

/** Returns at most `limit` trades up to `now`, newest first; none where the taker side is unknown. */
export function tradesAt(market: Market, now: EpochMs, limit: number): TradeView[] {
  const trades: TradeView[] = [];
  for (let minute = minuteOf(now); trades.length < limit && minute >= market.minutes.first; minute--) {
    if (minuteOf(now) - minute > 60) break;
    trades.push(...tradesOfMinute(market, minute, now, limit - trades.length));
  }
  return trades;
}

function tradesOfMinute(market: Market, minute: number, now: EpochMs, limit: number): TradeView[] {
  const { minutes, contract } = market;
  const slot = slotOf(minutes, minute);
  const volume = slot < 0 ? null : read(minutes.volumeBase, slot);
  const bought = slot < 0 ? null : read(minutes.takerBuyBase, slot);
  if (volume === null || bought === null || volume <= 0) return [];
  const path = pathOf(
    minutes.open[slot] as number,
    minutes.high[slot] as number,
    minutes.low[slot] as number,
    minutes.close[slot] as number,
  );
  const seed = seedOf(market.venue + market.symbol);
  const rows: TradeView[] = [];
  for (let i = TRADES_PER_MINUTE - 1; i >= 0 && rows.length < limit; i--) {
    const time = minute * MINUTE_MS + Math.floor(((i + 0.5) / TRADES_PER_MINUTE) * MINUTE_MS);
    if (time > now) continue;
    const isBuy = hashUniform(seed, minute, i) < bought / volume;
    // equal pieces whose mean is the minute's volume, varied by up to half
    const size = (volume / TRADES_PER_MINUTE) * (0.5 + hashUniform(seed, minute, i, 7));
    rows.push({
      id: minute * TRADES_PER_MINUTE + i,
      time,
      price: roundToStep(priceAt(path, (i + 0.5) / TRADES_PER_MINUTE), contract.priceStep),
      sizeBase: Math.max(contract.sizeStep, roundToStep(size, contract.sizeStep)),
      takerSide: isBuy ? "buy" : "sell",
    });
  }
  return rows;
}
