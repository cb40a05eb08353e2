// Decimals of the tokens that GMX markets are about: amounts are whole numbers of 10^−decimals coins, prices are
// USD × 10^(30 − decimals). Only the token list tells them, which is a call of its own, so the known ones are written
// down (token list of Arbitrum, read 2026-07); a market on another token is refused until it is added here.
import type { SymbolId } from "../../market/symbol.ts";

const COINS_BY_DECIMALS: readonly (readonly [number, string])[] = [
  [5, "BONK MEW"],
  [6, "ADA ALGO ATOM BOME FARTCOIN JUP MELANIA MOODENG PENGU SATS STX TIA TRUMP TRX WIF XRP"],
  [7, "XLM"],
  [8, "APT BCH BTC CRO DASH DOGE HBAR HYPE ICP KAS LTC SPX6900 ZEC"],
  [9, "AI16Z FLOKI JTO SOL SUI TAO TON"],
  [10, "DOT"],
  [12, "AR XMR"],
  [
    18,
    "0G AAVE AERO AIXBT ANIME APE ARB ASTER AVAX AVNT BERA BNB BRENTOIL BRETT CAKE CC CHZ CRV CVX DOLO DYDX EIGEN ENA ETH FET FIL GMX GOLD INJ IP KTA LDO LINEA LINK LIT MEGA MEME MET MKR MNT MON MORPHO NATGAS OKB ONDO OP ORDI PENDLE PEPE PI POL PUMP RENDER S SEI SHIB SILVER SKY SPCX SYRUP UNI VIRTUAL VVV WLD WLFI WTIOIL XAUT.v2 XPL ZORA ZRO",
  ],
  [24, "NEAR"],
];

const DECIMALS: ReadonlyMap<SymbolId, number> = new Map(
  COINS_BY_DECIMALS.flatMap(([decimals, coins]) => coins.split(" ").map((coin) => [coin, decimals] as const)),
);

/** Returns the decimals of a coin's token, or null when they are not known. */
export function decimalsOf(coin: string): number | null {
  return DECIMALS.get(coin) ?? null;
}
