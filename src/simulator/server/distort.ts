// Answers with success that are wrong all the same: cut off, emptied, or with a field under another name.
import type { VenueId } from "../../shared/market/symbol.ts";
import type { WireReply } from "./wire.ts";

/** Ends the body in the middle of its text. */
export function truncated(reply: WireReply): WireReply {
  return { ...reply, body: reply.body.slice(0, Math.max(1, Math.floor(reply.body.length * 0.6))) };
}

/** Success without data, in the exchange's envelope. */
export function emptied(venue: VenueId, reply: WireReply): WireReply {
  const value: unknown = JSON.parse(reply.body);
  return { ...reply, body: JSON.stringify(withoutData(venue, value)) };
}

function withoutData(venue: VenueId, value: unknown): unknown {
  switch (venue) {
    case "binance":
    case "hyperliquid":
    case "gate":
      return [];
    case "bybit": {
      const envelope = value as { result?: object };
      return { ...envelope, result: { ...envelope.result, list: [], nextPageCursor: "" } };
    }
    case "dydx":
    case "gmx":
      // a list, or an object whose lists become empty
      return Array.isArray(value) ? [] : emptiedLists(value as object);
    case "okx":
      return { code: "0", msg: "", data: [] };
    case "bitget":
      return { ...(value as object), data: [] };
  }
}

function emptiedLists(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, Array.isArray(part) ? [] : name === "markets" ? {} : part]),
  );
}

// the fields a client of each exchange cannot do without
const RENAMED: Record<string, string> = {
  openInterest: "openInterestQty",
  singleOpenInterest: "oneSideOpenInterest",
  sumOpenInterest: "totalOpenInterest",
  markPrice: "mark",
  lastFundingRate: "currentFundingRate",
  fundingRate: "rate",
  bids: "buyLevels",
  b: "buyLevels",
  oi: "openContracts",
  oiCcy: "openCoins",
  markPx: "markPrice",
  idxPx: "indexPrice",
  details: "orders",
  levels: "book",
  symbols: "contracts",
  instId: "instrument",
  universe: "assets",
  o: "first",
  holdingAmount: "heldAmount",
  total_size: "open_size",
  oraclePrice: "oracle",
  longInterestInTokens: "longTokens",
};

/** Renames fields; rows that are arrays get a new first column, which moves all others. */
export function changedFields(reply: WireReply): WireReply {
  return { ...reply, body: JSON.stringify(rename(JSON.parse(reply.body))) };
}

function rename(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isRow = value.length > 3 && value.every((cell) => typeof cell !== "object" || cell === null);
    return isRow ? [null, ...value] : value.map(rename);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [RENAMED[name] ?? name, rename(part)]));
}
