// The exchanges the server plays, one row each.
import type { VenueId } from "../../shared/market/symbol.ts";
import { answerBinance } from "../binance/routes.ts";
import { binanceStream } from "../binance/stream.ts";
import { answerBitget } from "../bitget/routes.ts";
import { bitgetStream } from "../bitget/stream.ts";
import { answerBybit } from "../bybit/routes.ts";
import { bybitStream } from "../bybit/stream.ts";
import { answerDydx } from "../dydx/routes.ts";
import { dydxStream } from "../dydx/stream.ts";
import { answerGate } from "../gate/routes.ts";
import { gateStream } from "../gate/stream.ts";
import { answerGmx } from "../gmx/routes.ts";
import { answerHyperliquid } from "../hyperliquid/routes.ts";
import { answerOkx } from "../okx/routes.ts";
import { okxStream } from "../okx/stream.ts";
import type { StreamSession } from "./sockets.ts";
import type { Handler } from "./wire.ts";

export interface PlayedVenue {
  answer: Handler;
  /** Null where the exchange has no liquidation feed to play. */
  stream: ((path: string, query: URLSearchParams) => StreamSession | null) | null;
}

export const PLAYED: Record<VenueId, PlayedVenue> = {
  binance: { answer: answerBinance, stream: binanceStream },
  bybit: { answer: answerBybit, stream: bybitStream },
  okx: { answer: answerOkx, stream: okxStream },
  hyperliquid: { answer: answerHyperliquid, stream: null },
  bitget: { answer: answerBitget, stream: bitgetStream },
  gate: { answer: answerGate, stream: gateStream },
  dydx: { answer: answerDydx, stream: dydxStream },
  gmx: { answer: answerGmx, stream: null },
};
