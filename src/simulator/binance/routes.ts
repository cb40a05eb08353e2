// Binance USD-M futures, REST: https://developers.binance.com/docs/derivatives/usds-margined-futures
import { type Handler, jsonReply, type WireContext, type WireReply, type WireRequest } from "../server/wire.ts";
import { unknownPath } from "./errors.ts";
import { fundingInfo, fundingRate, premiumIndex } from "./funding.ts";
import { klines, takerRatio } from "./klines.ts";
import { openInterest, openInterestHist } from "./open-interest.ts";
import { depth, exchangeInfo } from "./reference.ts";
import { spotTicker } from "./spot.ts";

const ROUTES: Record<string, Handler> = {
  "/fapi/v1/ping": () => jsonReply({}),
  "/fapi/v1/time": (_request, context) => jsonReply({ serverTime: context.stampMs }),
  "/fapi/v1/openInterest": openInterest,
  "/fapi/v1/klines": klines,
  "/fapi/v1/premiumIndex": premiumIndex,
  "/fapi/v1/fundingRate": fundingRate,
  "/fapi/v1/fundingInfo": fundingInfo,
  "/fapi/v1/depth": depth,
  "/fapi/v1/exchangeInfo": exchangeInfo,
  "/api/v3/ticker/24hr": spotTicker,
  "/futures/data/openInterestHist": openInterestHist,
  "/futures/data/takerlongshortRatio": takerRatio,
};

export function answerBinance(request: WireRequest, context: WireContext): WireReply {
  const handler = request.method === "GET" ? ROUTES[request.path] : undefined;
  return handler === undefined ? unknownPath(request.path) : handler(request, context);
}
