// The change of a map as what opened, closed, was swept and moved, per level and side.
import type { MapSplit } from "../../../durable-objects/hub/map-split.ts";
import type { Flows } from "../../../src/shared/market/flows.ts";
import { changeOf, createFlows, FLOW_KINDS } from "../../../src/shared/market/flows.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import { type LevelRow, levelPrice } from "./level-rows.ts";
import { roundedFlows } from "./split-cells.ts";

interface SideAmounts {
  longUsd: number;
  shortUsd: number;
}

interface SplitLevel {
  price: number;
  opened: SideAmounts;
  closed: SideAmounts;
  swept: SideAmounts;
  moved: SideAmounts;
}

/** Prices of whole levels that the split of a side reaches; null where nothing happened any further. */
interface PriceReach {
  fromPrice: number | null;
  toPrice: number | null;
}

export interface PrintedMapSplit {
  fromMs: EpochMs;
  long: PriceReach;
  short: PriceReach;
  levels: SplitLevel[];
}

type Side = "long" | "short";

/** The split in whole amounts of a currency (USD × `factor`); levels without any are left out. */
export function printedSplit(split: MapSplit, height: number, factor: number): PrintedMapSplit {
  const { long, short } = { long: coarse(split, "long", height), short: coarse(split, "short", height) };
  const levels: SplitLevel[] = [];
  const from = Math.floor(split.first / height);
  for (let i = 0; i < long.opened.length; i++) {
    const [longs, shorts] = [roundedFlows(long, i, factor), roundedFlows(short, i, factor)];
    const level: SplitLevel = {
      price: levelPrice(from + i, height, factor),
      opened: { longUsd: longs.opened, shortUsd: shorts.opened },
      closed: { longUsd: longs.closed, shortUsd: shorts.closed },
      swept: { longUsd: longs.swept, shortUsd: shorts.swept },
      moved: { longUsd: longs.moved, shortUsd: shorts.moved },
    };
    if (FLOW_KINDS.some((kind) => level[kind].longUsd !== 0 || level[kind].shortUsd !== 0)) levels.push(level);
  }
  const reachOf = (side: Side): PriceReach => {
    const [low, high] = wholeLevels(split, side, height);
    return { fromPrice: edge(low, height, factor), toPrice: edge(high, height, factor) };
  };
  return { fromMs: split.fromMs, long: reachOf("long"), short: reachOf("short"), levels };
}

/** The rows of a map of changes with what the split adds up to, as printed, wherever it reaches. */
export function withPrintedSplit(rows: readonly LevelRow[], split: PrintedMapSplit): LevelRow[] {
  const levels = new Map(split.levels.map((level) => [level.price, level]));
  const isIn = (side: Side, price: number) => {
    const { fromPrice, toPrice } = split[side];
    return (fromPrice === null || price >= fromPrice) && (toPrice === null || price < toPrice);
  };
  const changed = (row: LevelRow): LevelRow => {
    const level = levels.get(row.price);
    const change = (side: "longUsd" | "shortUsd") =>
      level === undefined
        ? 0
        : changeOf({
            opened: level.opened[side],
            closed: level.closed[side],
            swept: level.swept[side],
            moved: level.moved[side],
          });
    return {
      ...row,
      longUsd: isIn("long", row.price) ? change("longUsd") : row.longUsd,
      shortUsd: isIn("short", row.price) ? change("shortUsd") : row.shortUsd,
    };
  };
  const known = new Set(rows.map((row) => row.price));
  const empty = { longUsd: 0, shortUsd: 0, estimatedBand: null, byLeverage: {}, byExchange: {} };
  const added = split.levels.filter(({ price }) => !known.has(price)).map(({ price }) => ({ price, ...empty }));
  return [...rows, ...added]
    .map(changed)
    .filter((row) => row.longUsd !== 0 || row.shortUsd !== 0)
    .sort((a, b) => a.price - b.price);
}

/** Levels [low, high) that lie wholly within a side's reach. */
function wholeLevels({ reach }: MapSplit, side: Side, height: number): [number, number] {
  return [Math.ceil(reach[side].low / height), Math.floor(reach[side].high / height)];
}

function edge(level: number, height: number, factor: number): number | null {
  return Number.isFinite(level) ? levelPrice(level, height, factor) : null;
}

/** One side per level, from the level of the split's first bucket; parts of levels count for nothing. */
function coarse(split: MapSplit, side: Side, height: number): Flows {
  const fine = split[side];
  const from = Math.floor(split.first / height);
  const into = createFlows(Math.floor((split.first + fine.opened.length - 1) / height) - from + 1);
  const [low, high] = wholeLevels(split, side, height);
  for (const kind of FLOW_KINDS) {
    for (let i = 0; i < fine[kind].length; i++) {
      const level = Math.floor((split.first + i) / height);
      if (level >= low && level < high)
        into[kind][level - from] = (into[kind][level - from] ?? 0) + (fine[kind][i] ?? 0);
    }
  }
  return into;
}
