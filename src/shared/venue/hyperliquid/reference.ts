// Coins and margin tiers of Hyperliquid; both come with `meta`, and with the answer that holds everything.
import type { z } from "zod/mini";
import { type Reading, readList, readRow, reject } from "../reading.ts";
import { perpetual } from "./symbol.ts";
import * as wire from "./wire.ts";

type Meta = z.output<typeof wire.Meta>;
type Coin = z.output<typeof wire.Coin>;

const USDC = 0;
/** Margin tables below this id are not listed: the id itself is the one tier's maximum leverage. */
const FIRST_LISTED_TABLE = 50;

/** Reads the coins of USDC-margined perpetuals. */
export function readInstruments(reading: Reading, payload: unknown): void {
  forEachCoin(reading, payload, (coin) => addInstrument(reading, coin));
}

/** Reads margin tiers in USD: a tier's maintenance rate is half its initial one, its deduction keeps margin continuous. */
export function readLeverageTiers(reading: Reading, payload: unknown): void {
  forEachCoin(reading, payload, (coin) => addBrackets(reading, coin));
}

/** Reads coins and margin tiers of all dexes; those with other collateral than USDC are other markets and left out. */
export function readAllMetas(reading: Reading, payload: unknown): void {
  forEachCoin(reading, payload, (coin) => {
    addInstrument(reading, coin);
    addBrackets(reading, coin);
  });
}

/** A coin as its list has it: which list, where in it. */
interface ListedCoin {
  coin: Coin;
  meta: Meta;
  place: number;
  path: string;
}

function addInstrument(reading: Reading, { coin: { name, maxLeverage, isDelisted }, place }: ListedCoin): void {
  reading.result.instruments.push({
    ...perpetual(name),
    maxLeverage,
    venueIndex: place,
    listed: isDelisted !== true,
  });
}

function addBrackets(reading: Reading, { coin, meta, path }: ListedCoin): void {
  const { venueSymbol: asked } = reading.context;
  if (coin.isDelisted === true || (asked !== null && asked !== coin.name)) return;
  const tiers = tiersOf(reading, coin, meta, path);
  let rateBelow = 0;
  let amount = 0;
  tiers.forEach(({ lowerBound, maxLeverage }, i) => {
    const rate = 1 / (2 * maxLeverage);
    amount = i === 0 ? 0 : amount + lowerBound * (rate - rateBelow);
    rateBelow = rate;
    reading.result.brackets.push({
      venue: "hyperliquid",
      venueSymbol: coin.name,
      floor: lowerBound,
      cap: tiers[i + 1]?.lowerBound ?? null,
      unit: "usd",
      maintenanceMarginRate: rate,
      maintenanceAmount: amount,
      maxLeverage,
    });
  });
}

/** The tiers of a coin, lowest first: from its table, or the one tier of its maximum leverage. */
function tiersOf(reading: Reading, coin: Coin, meta: Meta, path: string) {
  const { marginTableId: id, maxLeverage } = coin;
  if (id === undefined) return [{ lowerBound: 0, maxLeverage }];
  if (id >= 1 && id < FIRST_LISTED_TABLE) return [{ lowerBound: 0, maxLeverage: id }];
  for (const raw of Array.isArray(meta.marginTables) ? meta.marginTables : []) {
    if (!Array.isArray(raw) || raw[0] !== id) continue;
    const table = readRow(reading, wire.MarginTable, raw, "$.marginTables");
    const tiers = (table?.[1].marginTiers ?? []).flatMap((tier, i) => {
      const at = `$.marginTables.${id}[${i}]`;
      const row = readRow(reading, wire.MarginTier, tier, at);
      return row === null ? [] : [{ ...row, at }];
    });
    return falling(reading, tiers);
  }
  reject(reading, `${path}.marginTableId`, `margin table ${id} is not in the list`, id);
  return [];
}

interface Tier {
  lowerBound: number;
  maxLeverage: number;
  at: string;
}

/** The tiers by size; one that does not begin above the tier before it and allow less is a reject. */
function falling(reading: Reading, tiers: readonly Tier[]): Tier[] {
  const kept: Tier[] = [];
  for (const tier of tiers.toSorted((a, b) => a.lowerBound - b.lowerBound)) {
    const before = kept.at(-1);
    if (before === undefined || (tier.lowerBound > before.lowerBound && tier.maxLeverage < before.maxLeverage)) {
      kept.push(tier);
    } else reject(reading, tier.at, "does not allow less leverage than the tier below it", tier.maxLeverage);
  }
  return kept;
}

/** Calls `read` for each coin of `meta`, of everything in one answer, or of a list of several dexes' metas. */
function forEachCoin(reading: Reading, payload: unknown, read: (listed: ListedCoin) => void): void {
  const metas: [unknown, string][] = Array.isArray(payload)
    ? payload.flatMap((one: unknown, i): [unknown, string][] => (Array.isArray(one) ? [] : [[one, `$[${i}]`]]))
    : [[payload, "$"]];
  for (const [raw, path] of metas) {
    const meta = readRow(reading, wire.Meta, raw, path);
    if (meta === null || (meta.collateralToken ?? USDC) !== USDC) continue;
    readList(reading, meta.universe, `${path}.universe`).forEach((entry, place) => {
      const at = `${path}.universe[${place}]`;
      const coin = readRow(reading, wire.Coin, entry, at);
      if (coin !== null) read({ coin, meta, place, path: at });
    });
  }
}
