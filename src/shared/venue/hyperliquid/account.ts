// What Hyperliquid tells about one account: its positions, and those of its fills that closed somebody by force.
import type { AccountPosition } from "../../market/observation.ts";
import type { Side } from "../../market/symbol.ts";
import { contractNamed, forEachContract } from "../contract.ts";
import { emitLiquidation, observed } from "../emit.ts";
import { type Reading, readRow, reject } from "../reading.ts";
import * as wire from "./wire.ts";

/** Reads the open positions of an account, as of the answer's time or, in older answers without one, of receipt. */
export function readClearinghouseState(reading: Reading, payload: unknown): void {
  const state = readRow(reading, wire.ClearinghouseState, payload, "$");
  if (state === null) return;
  reading.result.about = "the positions of one account: no market data";
  const positions: AccountPosition[] = [];
  reading.result.positions = positions;
  const time = state.time ?? reading.context.receivedAt;
  state.assetPositions.forEach((raw, i) => {
    const path = `$.assetPositions[${i}]`;
    const row = readRow(reading, wire.AssetPosition, raw, path)?.position;
    if (row === undefined) return;
    const instrument = contractNamed(reading, row.coin, `${path}.position.coin`, state.assetPositions.length);
    if (instrument === null) return;
    const size = Math.abs(row.szi);
    if (size === 0) {
      reject(reading, `${path}.position.szi`, "was 0, expected a position", row.szi);
      return;
    }
    const { priceMultiplier: multiple } = instrument;
    positions.push({
      ...observed(reading, instrument, time),
      side: row.szi > 0 ? "long" : "short",
      sizeBase: size * multiple,
      entryPrice: row.entryPx / multiple,
      notionalUsd: row.positionValue,
      leverage: row.leverage.value,
      marginMode: row.leverage.type,
      marginUsd: row.marginUsed,
      liquidationPrice: row.liquidationPx === null ? null : row.liquidationPx / multiple,
    });
  });
}

/** Reads the fills of an account. Only those that name a liquidation are market data; the others are its own affair. */
export function readUserFills(reading: Reading, payload: unknown): void {
  const message = readRow(reading, wire.UserFills, payload, "$");
  if (message === null) return;
  reading.result.about = "the fills of one account: only forced ones are market data";
  const { fills, user } = message.data;
  forEachContract(reading, fills, "$.data.fills", "coin", (instrument, raw, path) => {
    const fill = readRow(reading, wire.UserFill, raw, path);
    if (fill === null || fill.liquidation === undefined) return;
    const side = liquidatedSide(fill, fill.liquidation, user ?? null);
    if (side === null)
      reject(reading, `${path}.liquidation`, "does not say which side of the fill was liquidated", raw);
    else emitLiquidation(reading, instrument, fill.time, { side, price: fill.px, priceKind: "fill", units: fill.sz });
  });
}

/**
 * The side of the liquidated position. A fill's own side is that of the account; where the message does not name the
 * account, a liquidation on the market is known to have taken, so that an account whose order rested is the other party.
 */
function liquidatedSide(
  fill: { side: "A" | "B"; crossed: boolean },
  liquidation: { liquidatedUser: string; method: string },
  account: string | null,
): Side | null {
  if (account === null && liquidation.method !== "market") return null;
  const isOwn = account === null ? fill.crossed : account.toLowerCase() === liquidation.liquidatedUser.toLowerCase();
  const forcedSale = (fill.side === "A") === isOwn;
  return forcedSale ? "long" : "short";
}
