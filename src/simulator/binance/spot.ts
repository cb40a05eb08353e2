// The one spot price that is played: the euro. A generated market has one that drifts slowly; a recording has none.
import { type Handler, jsonReply } from "../server/wire.ts";
import { invalidSymbol } from "./errors.ts";

/** The middle and the swing of the played price, USDT per euro, and the time of one swing. */
const MIDDLE = 1.1;
const SWING = 0.02;
const PERIOD_MS = 7 * 86_400_000;

export const spotTicker: Handler = (request, context) => {
  const isGenerated = context.markets.some((market) => market.source === "generated");
  if (request.query.get("symbol") !== "EURUSDT" || !isGenerated) return invalidSymbol();
  const price = MIDDLE + SWING * Math.sin((2 * Math.PI * context.now) / PERIOD_MS);
  return jsonReply({ symbol: "EURUSDT", lastPrice: price.toFixed(4), closeTime: context.stampMs });
};
