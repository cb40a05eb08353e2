// An order book reduced to what is kept: USD within bands around its mid price.

/** Half widths of the bands, as fractions of the mid price. */
export const DEPTH_BANDS = [0.005, 0.01, 0.02] as const;

/** `[price, sizeBase]`, best first. */
export type Level = readonly [price: number, sizeBase: number];

export interface Book {
  bids: readonly Level[];
  asks: readonly Level[];
}

/** USD on each side within each of DEPTH_BANDS. */
export interface DepthSums {
  bidUsd: number[];
  askUsd: number[];
  /** Distance of the last level received, as a fraction of the mid price: beyond it a sum is a lower bound. */
  bidReach: number;
  askReach: number;
}

/** Mid price of a book, or null when a side is empty. */
export function midPrice({ bids, asks }: Book): number | null {
  const bid = bids[0]?.[0];
  const ask = asks[0]?.[0];
  return bid === undefined || ask === undefined ? null : (bid + ask) / 2;
}

/** Sums of a book, or null when a side is empty. */
export function depthSums(book: Book): DepthSums | null {
  const mid = midPrice(book);
  if (mid === null) return null;
  return {
    bidUsd: bandsOf(book.bids, mid),
    askUsd: bandsOf(book.asks, mid),
    bidReach: reachOf(book.bids, mid),
    askReach: reachOf(book.asks, mid),
  };
}

/** Whole USD and millionths: what is worth storing. */
export function roundedDepth({ bidUsd, askUsd, bidReach, askReach }: DepthSums): DepthSums {
  const millionths = (fraction: number) => Math.round(fraction * 1e6) / 1e6;
  return {
    bidUsd: bidUsd.map(Math.round),
    askUsd: askUsd.map(Math.round),
    bidReach: millionths(bidReach),
    askReach: millionths(askReach),
  };
}

/** Mean of two sums that stand for `count` books and one more. */
export function meanDepth(mean: DepthSums, count: number, next: DepthSums): DepthSums {
  const blend = (from: number[], to: number[]) => from.map((usd, i) => (usd * count + (to[i] ?? 0)) / (count + 1));
  return {
    bidUsd: blend(mean.bidUsd, next.bidUsd),
    askUsd: blend(mean.askUsd, next.askUsd),
    bidReach: Math.min(mean.bidReach, next.bidReach),
    askReach: Math.min(mean.askReach, next.askReach),
  };
}

function bandsOf(levels: readonly Level[], mid: number): number[] {
  return DEPTH_BANDS.map((band) => {
    let usd = 0;
    for (const [price, sizeBase] of levels) if (Math.abs(price - mid) <= mid * band) usd += price * sizeBase;
    return usd;
  });
}

function reachOf(levels: readonly Level[], mid: number): number {
  return levels.reduce((farthest, [price]) => Math.max(farthest, Math.abs(price - mid) / mid), 0);
}
