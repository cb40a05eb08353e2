// `l2Book` and `recentTrades`. No trade says whether it was forced: the exchange has no public liquidation feed.
import { mix } from "../chance.ts";
import { decimal, roundTo } from "../decimal.ts";
import { orderBookAt } from "../market/order-book.ts";
import { tradesAt } from "../market/trades.ts";
import { jsonReply, type WireContext, type WireReply } from "../server/wire.ts";
import { marketOf, type Question } from "./question.ts";

const LEVELS = 20;
const TRADES = 10;

/** Twenty levels a side; `nSigFigs` joins levels, which reaches further. */
export function l2Book(question: Question, context: WireContext): WireReply {
  const market = marketOf(question["coin"], context);
  if (market === null) return jsonReply(null);
  const digits = typeof question["nSigFigs"] === "number" ? question["nSigFigs"] : null;
  const book = orderBookAt(market, context.now, digits === null ? LEVELS : 1000);
  const side = (rows: [number, number][], direction: -1 | 1) =>
    joinLevels(rows, digits, direction)
      .slice(0, LEVELS)
      .map(([px, sz, n]) => ({ px: decimal(px, 1), sz: decimal(sz, 1), n }));
  return jsonReply({
    coin: market.contract.venueSymbol,
    time: context.stampMs,
    levels: [side(book.bids, -1), side(book.asks, 1)],
  });
}

/** Adds up levels that share their first significant digits, rounded away from the other side. */
function joinLevels(rows: [number, number][], digits: number | null, direction: -1 | 1): [number, number, number][] {
  if (digits === null) return rows.map(([price, size]) => [price, size, 1 + (Math.floor(price * 7) % 5)]);
  const joined: [number, number, number][] = [];
  for (const [price, size] of rows) {
    const step = 10 ** (Math.floor(Math.log10(price)) + 1 - digits);
    const level = roundTo((direction === 1 ? Math.ceil(price / step) : Math.floor(price / step)) * step, 8);
    const last = joined[joined.length - 1];
    if (last !== undefined && last[0] === level) {
      last[1] = roundTo(last[1] + size, 8);
      last[2] += 1;
    } else {
      joined.push([level, size, 1]);
    }
  }
  return joined;
}

export function recentTrades(question: Question, context: WireContext): WireReply {
  const market = marketOf(question["coin"], context);
  if (market === null) return jsonReply(null);
  return jsonReply(
    tradesAt(market, context.now, TRADES).map((trade) => ({
      coin: market.contract.venueSymbol,
      side: trade.takerSide === "buy" ? "B" : "A",
      px: decimal(trade.price, 1),
      sz: decimal(trade.sizeBase, 1),
      time: trade.time,
      hash: `0x${"0".repeat(64)}`,
      tid: trade.id,
      users: [address(trade.id, 1), address(trade.id, 2)],
    })),
  );
}

function address(id: number, party: number): string {
  return `0x${mix(id, party).toString(16).padStart(8, "0").repeat(5)}`;
}
