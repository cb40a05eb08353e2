// One ladder from the books of several exchanges: they share the lattice, so levels add.
import type { Levels } from "../../../durable-objects/hub/live-view.ts";
import type { Ladder } from "../../../src/shared/model/ladder.ts";
import { bucketLow } from "../../../src/shared/model/lattice.ts";

export interface LadderLevel {
  price: number;
  bidUsd: number;
  askUsd: number;
  byExchange: Record<string, { bidUsd: number; askUsd: number }>;
  estimatedLongLiquidationUsd?: number;
  estimatedShortLiquidationUsd?: number;
}

/** Levels of `height` buckets, ascending, empty ones left out; liquidation levels are laid on where given. */
export function ladderLevels(
  books: readonly { id: string; ladder: Ladder }[],
  height: number,
  liquidations: Levels | null,
): LadderLevel[] {
  const levels = new Map<number, LadderLevel>();
  for (const { id, ladder } of books) {
    ladder.bidUsd.forEach((bidUsd, i) => {
      const askUsd = ladder.askUsd[i] ?? 0;
      if (bidUsd === 0 && askUsd === 0) return;
      const level = levelAt(levels, Math.floor((ladder.first + i) / height), height);
      level.bidUsd += bidUsd;
      level.askUsd += askUsd;
      const own = level.byExchange[id] ?? { bidUsd: 0, askUsd: 0 };
      level.byExchange[id] = { bidUsd: own.bidUsd + bidUsd, askUsd: own.askUsd + askUsd };
    });
  }
  if (liquidations !== null) layOn(levels, height, liquidations, spanOf(books));
  return [...levels].sort(([a], [b]) => a - b).map(([, level]) => level);
}

/** Buckets that some ladder covers: liquidation levels beyond have no book to be compared with. */
function spanOf(books: readonly { ladder: Ladder }[]): { first: number; end: number } {
  const firsts = books.map(({ ladder }) => ladder.first);
  const ends = books.map(({ ladder }) => ladder.first + ladder.bidUsd.length);
  return { first: Math.min(...firsts), end: Math.max(...ends) };
}

function layOn(
  levels: Map<number, LadderLevel>,
  height: number,
  { first, long, short }: Levels,
  span: { first: number; end: number },
): void {
  for (let bucket = Math.max(first, span.first); bucket < Math.min(first + long.length, span.end); bucket++) {
    const longUsd = Math.round(long[bucket - first] ?? 0);
    const shortUsd = Math.round(short[bucket - first] ?? 0);
    if (longUsd !== 0 || shortUsd !== 0) {
      const level = levelAt(levels, Math.floor(bucket / height), height);
      level.estimatedLongLiquidationUsd = (level.estimatedLongLiquidationUsd ?? 0) + longUsd;
      level.estimatedShortLiquidationUsd = (level.estimatedShortLiquidationUsd ?? 0) + shortUsd;
    }
  }
  for (const level of levels.values()) {
    level.estimatedLongLiquidationUsd ??= 0;
    level.estimatedShortLiquidationUsd ??= 0;
  }
}

function levelAt(levels: Map<number, LadderLevel>, index: number, height: number): LadderLevel {
  const known = levels.get(index);
  if (known !== undefined) return known;
  const price = Number(bucketLow(index * height).toPrecision(8));
  const level: LadderLevel = { price, bidUsd: 0, askUsd: 0, byExchange: {} };
  levels.set(index, level);
  return level;
}
