// Parameters of the model: the defaults as data, each with where it comes from.
// `data`: computed from public market data; `sim`: from a synthetic exchange; `docs`: exchange documentation;
// `assumed`: judgement, not measured.
import type { SymbolId, VenueId } from "../market/symbol.ts";
import { hashText } from "../num/hash.ts";

export type Provenance = "data" | "sim" | "docs" | "literature" | "assumed";

/** How one venue's reported liquidations relate to modelled swept value. */
export interface FeedParams {
  /** Reported USD per swept USD. */
  share: number;
  /** Floor of the expected value per side and minute, USD; null: 2 % of share × mean swept so far. */
  floorUsdPerMinute: number | null;
  /** Flow weights of this feed's fit, or null for the common ones. */
  flowWeights: readonly number[] | null;
}

export interface ModelValues {
  /** Share of opened size per drawn tier (5, 10, 25, 50, 100); the rest is not drawn. */
  flowWeights: readonly number[];
  /** Fraction of volume that re-prices positions. */
  churn: number;
  /** Log spread of the distance within a tier. */
  isolatedSpread: number;
  /** Share of positions with cross or extra margin, how much longer their distance is, and its log spread. */
  crossShare: number;
  crossStretch: number;
  crossSpread: number;
  /** Spread from price noise, log price. */
  priceNoise: number;
  /** How far taker imbalance tilts the leverage of entrants. */
  takerTilt: number;
  /** How much rather winners close than losers. */
  disposition: number;
  /** Relative closing rate per age slot, per tier, and of the reservoir. */
  ageHazards: readonly number[];
  tierHazards: readonly number[];
  reservoirHazard: number;
  /** Share of positions topped up per slot change, and by how much their distance widens. */
  topUpShare: number;
  topUpWidening: number;
  /** How much of a wick of the last price the mark price follows, where mark extremes are unknown. */
  wickFactor: number;
  /**
   * Size that is opened and force-closed within an hour, never in the book: share of traded size per unit of log price
   * that the hour moves against a side.
   */
  diffuseDensity: number;
  /** Share of swept value shown as expected to be force-sold. */
  displayShare: number;
  /** By venue, or `venue:SYMBOL` where a symbol has its own. */
  feeds: Readonly<Record<string, FeedParams>>;
}

export interface ModelParams extends ModelValues {
  /** Name of the set. */
  name: string;
  /** Name plus a hash of every value: two sets with one version are the same set. */
  version: string;
  provenance: Readonly<Record<string, { source: Provenance; note: string }>>;
}

const feed = (share: number): FeedParams => ({ share, floorUsdPerMinute: null, flowWeights: null });

const DEFAULT_VALUES: ModelValues = {
  flowWeights: [0.2, 0.14, 0.06, 0.04, 0.03],
  churn: 0.4,
  isolatedSpread: 0.2,
  crossShare: 0.4,
  crossStretch: 1.9,
  crossSpread: 0.8,
  priceNoise: 0.001,
  takerTilt: 0.3,
  disposition: 0.25,
  ageHazards: [3, 2.2, 1, 1, 1, 1, 0.4, 0.4, 0.4, 0.4, 0.15],
  tierHazards: [1, 1.1, 1.4, 1.8, 2.2],
  reservoirHazard: 0.25,
  topUpShare: 0.12,
  topUpWidening: 0.5,
  wickFactor: 0.9,
  diffuseDensity: 0.12,
  displayShare: 0.25,
  feeds: { binance: feed(0.09), bybit: feed(0.25), okx: feed(0.09), hyperliquid: feed(0.25) },
};

const DEFAULT_PROVENANCE: ModelParams["provenance"] = {
  flowWeights: {
    source: "data",
    note: "Binance hourly fits, shrunk toward Hyperliquid's stock and Binance's 2019 flow",
  },
  churn: { source: "data", note: "D² rises to 0.3 and is flat to 1 on BTC, ETH and SOL" },
  isolatedSpread: { source: "data", note: "weakly identified: fits 0.14 to 0.18" },
  crossShare: { source: "data", note: "weakly identified: fits 0.4 to 0.5" },
  crossStretch: { source: "data", note: "weakly identified: fits 1 to 1.9" },
  crossSpread: { source: "data", note: "weakly identified: fits near 1" },
  priceNoise: { source: "assumed", note: "about one basis point of noise per minute" },
  takerTilt: { source: "assumed", note: "no measurable effect" },
  disposition: { source: "literature", note: "losers are held longer; no measurable effect" },
  ageHazards: { source: "sim", note: "small effect on real data" },
  tierHazards: { source: "assumed", note: "higher leverage closes sooner" },
  reservoirHazard: { source: "assumed", note: "undrawn size closes slowest" },
  topUpShare: { source: "sim", note: "fits 0.07 to 0.12" },
  topUpWidening: { source: "sim", note: "fitted together with its share" },
  wickFactor: { source: "data", note: "hardly matters on hourly BTC" },
  diffuseDensity: {
    source: "data",
    note: "train halves of BTC, ETH and SOL of 2024-06 agree on 0.1 to 0.15; see docs/accuracy-tried.md",
  },
  displayShare: { source: "assumed", note: "until a complete feed calibrates it" },
  "feeds.binance": {
    source: "data",
    note: "sums of the train halves of 2024-06 agree at 0.087 to 0.097; a feed of one order per second",
  },
  "feeds.okx": { source: "assumed", note: "as Binance: also one order per second" },
  "feeds.bybit": { source: "assumed", note: "a complete feed, so the displayed share until it is fitted" },
  "feeds.hyperliquid": { source: "assumed", note: "as Bybit" },
};

/** Returns the values of a set alone. */
export function valuesOf({
  name: _name,
  version: _version,
  provenance: _provenance,
  ...values
}: ModelParams): ModelValues {
  return values;
}

/** Names a set of values by its content. */
export function withVersion(name: string, values: ModelValues, provenance: ModelParams["provenance"]): ModelParams {
  const content = JSON.stringify(values, (_key, value: unknown) =>
    // keys in one order, whatever the file's was
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return { ...values, name, version: `${name}-${hashText(content)}`, provenance };
}

export const DEFAULT_PARAMS: ModelParams = withVersion("default", DEFAULT_VALUES, DEFAULT_PROVENANCE);

/** Returns the symbol's own feed parameters, else its venue's, else the displayed share. */
export function feedParams(params: ModelParams, venue: VenueId, symbol: SymbolId): FeedParams {
  return params.feeds[`${venue}:${symbol}`] ?? params.feeds[venue] ?? feed(params.displayShare);
}

/** Returns the share of exposed value shown as expected to be force-sold on a venue. */
export function expectedShare(params: ModelParams, _venue: VenueId): number {
  return params.displayShare;
}
