// What tests ask a local run, with the fields they look at.
import type { LocalRun } from "./local-run.ts";
import { until } from "./local-run.ts";

interface Side {
  drawnBase: number;
  reservoirBase: number;
}

export interface Exchange {
  id: string;
  state: string;
  ageMs: number | null;
  openInterestUsd: number | null;
  modelled: boolean;
  reason?: string;
}

export interface Status {
  asOf: number;
  dataSource: string;
  status: string;
  marketTime: number;
  coverage: { ratio: number | null; exchanges: Exchange[] };
  conservation: { ok: boolean; limit: number; worst: number };
  symbols: {
    symbol: string;
    asOf: number;
    closedToMs: number | null;
    price: number | null;
    historyProgress: number;
    worstConservationError: number;
    journalSequence: number;
    exchanges: {
      id: string;
      openInterestBase: number | null;
      long: Side | null;
      short: Side | null;
      modelledToMs: number | null;
      missingMinutes: number;
    }[];
  }[];
}

export interface HeatmapAnswer {
  asOf: number;
  dataSource: string;
  columns: number[];
  prices: number[];
  cells: [number, number, number][];
  candles: number[][];
  live: boolean;
  firstBucket: number;
  bucketsPerLevel: number;
}

export interface BarsAnswer {
  bars: {
    exchange: string;
    startMs: number;
    close: number | null;
    openInterestBase: number | null;
    fromHistory: boolean;
    missingReason?: string;
  }[];
}

export async function getJson<T>(run: LocalRun, path: string): Promise<T> {
  const response = await fetch(run.url + path);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

export const getStatus = (run: LocalRun): Promise<Status> => getJson<Status>(run, "/v1/status");

/** Waits for a status of which `isSo` is true. */
export function untilStatus(
  run: LocalRun,
  what: string,
  isSo: (status: Status) => boolean,
  limitMs = 90_000,
): Promise<Status> {
  let last: Status | null = null;
  return until(
    what,
    async () => {
      last = await getStatus(run);
      return isSo(last) ? last : null;
    },
    { limitMs, everyMs: 300, about: () => last },
  );
}

/** True once every symbol has the history it was asked for, from every exchange. */
export function hasHistory({ symbols, coverage }: Status): boolean {
  return (
    symbols.length > 0 &&
    symbols.every(({ historyProgress, exchanges }) => historyProgress >= 0.999 && exchanges.length > 0) &&
    coverage.exchanges.every(({ state }) => state === "live")
  );
}

/** Worst |drawn + reservoir − open interest| / open interest over symbols, exchanges and sides. */
export function worstImbalance({ symbols }: Status): number {
  const errors = symbols.flatMap(({ exchanges }) =>
    exchanges.flatMap(({ long, short, openInterestBase }) =>
      [long, short].map((side) => {
        if (side === null || openInterestBase === null) return Number.POSITIVE_INFINITY;
        return Math.abs(side.drawnBase + side.reservoirBase - openInterestBase) / openInterestBase;
      }),
    ),
  );
  return Math.max(...errors);
}

export async function addFault(run: LocalRun, exchange: string, fault: string): Promise<void> {
  const response = await fetch(`${run.control}/faults`, { method: "POST", body: JSON.stringify({ exchange, fault }) });
  if (response.status !== 201) throw new Error(`fault was refused: ${await response.text()}`);
}

export async function clearFaults(run: LocalRun): Promise<void> {
  const response = await fetch(`${run.control}/faults`, { method: "DELETE" });
  if (!response.ok) throw new Error(`faults were not cleared: ${await response.text()}`);
}
