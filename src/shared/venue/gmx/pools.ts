// Rows of single pools, put together per coin: positions on one coin are spread over several pools.
import type { Instrument } from "../../market/observation.ts";
import { contractNamed } from "../contract.ts";
import { type Reading, reject, textAt } from "../reading.ts";
import { coinOfPool } from "./symbol.ts";

export interface PoolRow {
  raw: unknown;
  path: string;
}

export interface Pools {
  instrument: Instrument;
  rows: PoolRow[];
}

/** Returns the pools of each known coin. Pools that only swap have no positions and are passed over. */
export function poolsByCoin(reading: Reading, list: readonly unknown[], base: string): Pools[] {
  const byCoin = new Map<string, Pools>();
  const coins = new Set(list.flatMap((raw) => coinOfPool(textAt(raw, "name") ?? "") ?? []));
  list.forEach((raw, i) => {
    const path = `${base}[${i}]`;
    const name = textAt(raw, "name");
    if (name === null) reject(reading, `${path}.name`, "names no market", raw);
    const coin = name === null ? null : coinOfPool(name);
    if (coin === null) return;
    const instrument = contractNamed(reading, coin, `${path}.name`, coins.size);
    if (instrument === null) return;
    const pools = byCoin.get(coin) ?? { instrument, rows: [] };
    pools.rows.push({ raw, path });
    byCoin.set(coin, pools);
  });
  return [...byCoin.values()];
}

/** What `read` makes of every pool, or null when one cannot be read: a sum without it would be too small. */
export function readAll<T>(pools: Pools, read: (row: PoolRow) => T | null): T[] | null {
  const all = pools.rows.map(read);
  return all.some((one) => one === null) ? null : (all as T[]);
}
