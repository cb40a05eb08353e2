// `fundingHistory`: hourly rates, oldest first, at most 500 from `startTime` on.
import { decimal, roundTo } from "../decimal.ts";
import { fundingBetween } from "../market/event-view.ts";
import { jsonReply, type WireContext, type WireReply } from "../server/wire.ts";
import { marketOf, type Question, unreadable } from "./question.ts";

const MAX_ROWS = 500;

export function fundingHistory(question: Question, context: WireContext): WireReply {
  const { coin, startTime, endTime } = question;
  if (typeof startTime !== "number") return unreadable();
  const market = marketOf(coin, context);
  if (market === null) return jsonReply(null, 500);
  const until = typeof endTime === "number" ? endTime : context.now;
  const charges = fundingBetween(market, startTime - 1, until, context.now).slice(0, MAX_ROWS);
  return jsonReply(
    charges.map((charge) => ({
      coin: market.contract.venueSymbol,
      fundingRate: decimal(roundTo(charge.fundingRate, 10)),
      // the rate is an eighth of the premium beyond a fixed interest part
      premium: decimal(roundTo(charge.fundingRate * 8 - 0.0001, 10)),
      time: charge.time,
    })),
  );
}
