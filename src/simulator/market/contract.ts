// What a contract looks like on each exchange: names, price and size steps. Facts of the well-known coins; others get steps that fit their price.
import type { SymbolId, VenueId } from "../../shared/market/symbol.ts";
import { stepPlaces } from "../decimal.ts";

export interface Contract {
  venue: VenueId;
  symbol: SymbolId;
  /** The exchange's own name. */
  venueSymbol: string;
  priceStep: number;
  pricePlaces: number;
  sizeStep: number;
  sizePlaces: number;
  /** Base coins per contract at OKX and Gate; 1 elsewhere. */
  contractValue: number;
  maxLeverage: number;
  fundingIntervalMs: number;
  /** Price the exchange's fixed tables are made for. */
  referencePrice: number;
}

interface CoinFacts {
  priceStep: number;
  sizeStep: number;
  okxContractValue: number;
  hyperliquidPriceStep: number;
  hyperliquidSizeDecimals: number;
  hyperliquidMaxLeverage: number;
  maxLeverage: number;
}

// steps as listed by the exchanges in 2025 and 2026
const COINS: Record<string, CoinFacts> = {
  BTC: coin(0.1, 0.001, 0.01, 1, 5, 40, 125),
  ETH: coin(0.01, 0.001, 0.1, 0.1, 4, 25, 100),
  SOL: coin(0.01, 0.01, 1, 0.01, 2, 20, 100),
  XRP: coin(0.0001, 0.1, 100, 0.0001, 0, 20, 75),
  DOGE: coin(0.00001, 1, 1000, 0.00001, 0, 10, 75),
  BNB: coin(0.01, 0.01, 0.01, 0.01, 3, 10, 75),
};

function coin(
  priceStep: number,
  sizeStep: number,
  okxContractValue: number,
  hyperliquidPriceStep: number,
  hyperliquidSizeDecimals: number,
  hyperliquidMaxLeverage: number,
  maxLeverage: number,
): CoinFacts {
  return {
    priceStep,
    sizeStep,
    okxContractValue,
    hyperliquidPriceStep,
    hyperliquidSizeDecimals,
    hyperliquidMaxLeverage,
    maxLeverage,
  };
}

/** Steps of a coin we have no facts for: five significant digits of price, about ten cents of size. */
function coinFromPrice(price: number): CoinFacts {
  const magnitude = Math.floor(Math.log10(price));
  const priceStep = Number(`1e${magnitude - 4}`);
  const sizeStep = Number(`1e${Math.min(0, -1 - magnitude)}`);
  return coin(priceStep, sizeStep, Math.max(1, sizeStep), priceStep, Math.max(0, 1 + magnitude), 10, 50);
}

const HOUR_MS = 3_600_000;
/** Exchanges that charge funding every hour. */
const HOURLY: readonly VenueId[] = ["hyperliquid", "dydx", "gmx"];

/** Returns the contract of a coin on a venue; `referencePrice` scales what depends on the price, as the steps of coins without facts of their own. */
export function contractOf(venue: VenueId, symbol: SymbolId, referencePrice: number): Contract {
  const facts = COINS[symbol] ?? coinFromPrice(referencePrice);
  const onHyperliquid = venue === "hyperliquid";
  const priceStep = onHyperliquid ? facts.hyperliquidPriceStep : facts.priceStep;
  const sizeStep = onHyperliquid ? Number(`1e-${facts.hyperliquidSizeDecimals}`) : facts.sizeStep;
  return {
    venue,
    symbol,
    venueSymbol: venueSymbolOf(venue, symbol),
    priceStep,
    pricePlaces: stepPlaces(priceStep),
    sizeStep,
    sizePlaces: stepPlaces(sizeStep),
    contractValue: contractValueOf(venue, symbol, facts),
    maxLeverage: onHyperliquid ? facts.hyperliquidMaxLeverage : facts.maxLeverage,
    fundingIntervalMs: HOURLY.includes(venue) ? HOUR_MS : 8 * HOUR_MS,
    referencePrice,
  };
}

// coins per contract at Gate; other coins count singly here
const GATE_CONTRACT_VALUES: Record<string, number> = { BTC: 0.0001, ETH: 0.01, SOL: 1, XRP: 10, DOGE: 10, BNB: 0.001 };

function contractValueOf(venue: VenueId, symbol: SymbolId, facts: CoinFacts): number {
  if (venue === "okx") return facts.okxContractValue;
  return venue === "gate" ? (GATE_CONTRACT_VALUES[symbol] ?? 1) : 1;
}

function venueSymbolOf(venue: VenueId, symbol: SymbolId): string {
  switch (venue) {
    case "binance":
    case "bybit":
    case "bitget":
      return `${symbol}USDT`;
    case "okx":
      return `${symbol}-USDT-SWAP`;
    case "dydx":
      return `${symbol}-USD`;
    case "hyperliquid":
    case "gmx":
      return symbol;
    case "gate":
      return `${symbol}_USDT`;
  }
}
