// What a filter leaves in the map, in the short words of a caption: a picture and an embedded map say it alike.

export interface CaptionFilter {
  /** Null = all exchanges. */
  exchange: readonly string[] | null;
  /** Null = all leverage tiers. */
  leverage: readonly number[] | null;
  age: string;
  side: string;
  mode: string;
  delta: string | null;
}

/** Returns what is shown, then each restriction: `exposed, opened within 24h, longs only, binance+okx, 50x+100x`. */
export function filterWords(filter: CaptionFilter): string {
  const { exchange, leverage, age, side, mode, delta } = filter;
  const change = delta === null ? "" : `change over ${delta}`;
  const parts = [
    // a change is one of open value unless said otherwise
    delta !== null && mode === "exposed" ? "" : mode,
    change,
    age === "all" ? "" : `opened within ${age}`,
    side === "both" ? "" : `${side}s only`,
    exchange === null ? "" : exchange.join("+"),
    leverage === null ? "" : leverage.map((tier) => `${tier}x`).join("+"),
  ];
  return parts.filter((part) => part !== "").join(", ");
}
