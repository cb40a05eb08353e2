// Hyperliquid: one address, POST /info, the body's `type` says what is asked.
// https://hyperliquid.gitbook.io/hyperliquid-docs/for-developers/api/info-endpoint
import { jsonReply, textReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { candleSnapshot } from "./candles.ts";
import { fundingHistory } from "./funding.ts";
import { meta, metaAndAssetCtxs } from "./meta.ts";
import { parseQuestion, type Question, unreadable } from "./question.ts";
import { l2Book, recentTrades } from "./trading.ts";

export function answerHyperliquid(request: WireRequest, context: WireContext): WireReply {
  if (request.path !== "/info") return textReply("Not Found", 404, "text/plain");
  if (request.method !== "POST") return textReply("Method Not Allowed", 405, "text/plain");
  const question = parseQuestion(request.body);
  if (question === null) return unreadable();
  switch (question["type"]) {
    case "meta":
      return jsonReply(inFirstDex(question) ? meta(context) : null);
    case "metaAndAssetCtxs":
      return jsonReply(inFirstDex(question) ? metaAndAssetCtxs(context) : null);
    case "candleSnapshot":
      return candleSnapshot(question, context);
    case "fundingHistory":
      return fundingHistory(question, context);
    case "l2Book":
      return l2Book(question, context);
    case "recentTrades":
      return recentTrades(question, context);
    default:
      return unreadable();
  }
}

/** Only the exchange's own contracts are played; another dex is unknown, which the exchange answers with `null`. */
function inFirstDex(question: Question): boolean {
  return question["dex"] === undefined || question["dex"] === "";
}
