// Normalised facts from a venue. Base sizes are coins (1000SHIB counts 1000 SHIB each), USD is quote currency,
// rates are fractions, times are EpochMs. `exchangeTime` is the exchange's own stamp, `receivedAt` ours.
import type { EpochMs } from "../time/clock.ts";
import type { Side, SymbolId, VenueId } from "./symbol.ts";

interface Observed {
  venue: VenueId;
  symbol: SymbolId;
  exchangeTime: EpochMs;
  receivedAt: EpochMs;
}

/** Open interest of one side: every contract has a long and a short, unless `shortOpenInterestBase` says otherwise. */
export interface OpenInterest extends Observed {
  kind: "openInterest";
  openInterestBase: number;
  /** Set where the two sides differ (a pool is the counterparty): then `openInterestBase` is the long side alone. */
  shortOpenInterestBase?: number;
  /** The exchange's own USD figure for the same thing, or null: a check on the unit, never a model input. */
  openInterestUsd: number | null;
}

/** Open interest of which only a USD value is told (at entry prices, or of all contracts together): never a model input. */
export interface OpenInterestValue extends Observed {
  kind: "openInterestValue";
  longUsd: number;
  shortUsd: number;
}

export interface Candle extends Observed {
  kind: "candle";
  openTime: EpochMs;
  intervalMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  /** Null where the venue gives none. */
  volumeBase: number | null;
  takerBuyBase: number | null;
  /** False while the interval still runs. */
  closed: boolean;
}

export interface MarkPrice extends Observed {
  kind: "markPrice";
  markPrice: number;
  indexPrice: number | null;
}

/** A reference price that comes without a mark price beside it. */
export interface IndexPrice extends Observed {
  kind: "indexPrice";
  indexPrice: number;
}

export interface FundingRate extends Observed {
  kind: "fundingRate";
  /** Fraction per interval, positive = longs pay. */
  fundingRate: number;
  intervalMs: number;
  /** When this rate is, or was, charged. */
  fundingTime: EpochMs;
}

/** Price in a liquidation report: the four differ by up to a percent. */
export type LiquidationPriceKind = "trigger" | "order" | "fill" | "bankruptcy";

export interface Liquidation extends Observed {
  kind: "liquidation";
  /** Side of the position that was liquidated: a long is force-sold. */
  side: Side;
  price: number;
  priceKind: LiquidationPriceKind;
  sizeBase: number;
  notionalUsd: number;
}

export interface Depth extends Observed {
  kind: "depth";
  /** `[price, sizeBase]`, best first. */
  bids: [number, number][];
  asks: [number, number][];
}

export interface TakerVolume extends Observed {
  kind: "takerVolume";
  openTime: EpochMs;
  intervalMs: number;
  takerBuyBase: number;
  takerSellBase: number;
}

export type Observation =
  | OpenInterest
  | OpenInterestValue
  | Candle
  | MarkPrice
  | IndexPrice
  | FundingRate
  | Liquidation
  | Depth
  | TakerVolume;

/** What a contract, or the size unit that its venue reports, counts. */
export type ContractSize =
  /** Base coins: 0.01 for OKX BTC, 1000 for `1000SHIBUSDT`. */
  | { baseUnitsPerContract: number }
  /** Quote currency: 100 for OKX `BTC-USD-SWAP`. Such a size is coins only at a price. */
  | { baseUnitsPerContract: null; quoteUnitsPerContract: number };

/** A contract as its venue lists it; maps a venue's symbol and size unit to coin and base size. */
export type Instrument = ListedContract & ContractSize;

interface ListedContract {
  venue: VenueId;
  venueSymbol: string;
  symbol: SymbolId;
  quote: string;
  /** `inverse`: margin and result are in the coin. */
  contractKind: "linear" | "inverse";
  /** Base coins per unit of the venue's price quote: 1000 for `1000SHIBUSDT`, else 1. Prices are divided by it. */
  priceMultiplier: number;
  maxLeverage: number | null;
  /** How often funding is charged, where the venue's list says so; absent = the venue's usual interval. */
  fundingIntervalMs?: number;
  /** Place in the venue's list of the same dex, where messages name contracts by it (Hyperliquid). */
  venueIndex?: number;
  listed: boolean;
}

/** One notional bracket of maintenance margin. */
export interface RiskBracket {
  venue: VenueId;
  venueSymbol: string;
  /** Lower and upper size, in what `unit` says: notional in USD, contracts (OKX), or coins (coin-margined at Bybit). */
  floor: number;
  cap: number | null;
  unit: "usd" | "contracts" | "coins";
  maintenanceMarginRate: number;
  /** Deducted from rate × notional (Binance `cum`, Bybit `mmDeduction`); 0 where the venue has none. */
  maintenanceAmount: number;
  maxLeverage: number;
}

/** An open position of a known account as its venue reports it: ground truth for liquidation prices, no market data. */
export interface AccountPosition extends Observed {
  side: Side;
  sizeBase: number;
  entryPrice: number;
  /** Value at the venue's mark price, USD. */
  notionalUsd: number;
  leverage: number;
  marginMode: "cross" | "isolated";
  marginUsd: number;
  /** As the venue states it; null where it says that there is none. */
  liquidationPrice: number | null;
}

/** One row or body that was refused, with the reason; counted, never thrown. */
export interface Reject {
  venue: VenueId;
  kind: string;
  path: string;
  reason: string;
  /** The offending value, clipped to 120 characters. */
  sample: string;
}
