// Words for values of the API.

/** Exchanges as people write them; an unknown id is shown as it is. */
export const EXCHANGE_NAMES: Record<string, string> = {
  binance: "Binance",
  bybit: "Bybit",
  okx: "OKX",
  hyperliquid: "Hyperliquid",
  bitget: "Bitget",
  gate: "Gate",
  dydx: "dYdX",
  gmx: "GMX",
};

export const MODE_NAMES = { exposed: "Open value", expected: "Expected liquidation" } as const;

export const SIDE_NAMES = { both: "Both sides", long: "Longs", short: "Shorts" } as const;
