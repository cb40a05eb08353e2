// What a hub is told at start; constant while it lives, so that snapshot + journal gives the same state again.
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import { DEFAULT_PARAMS, type ModelParams } from "../../src/shared/model/params.ts";
import { parseModelParams } from "../../src/shared/model/params-text.ts";
import { parseSettings } from "../../src/shared/settings/deployment.ts";
import { historyMsOf } from "../../src/shared/settings/kept.ts";
import { parseClockLine } from "../../src/shared/settings/market-clock.ts";
import { parseThinLimits, type ThinLimits } from "../../src/shared/settings/thin-market.ts";
import { readText } from "../../src/shared/settings/vars.ts";

export interface HubSettings {
  symbol: SymbolId;
  /** Configured exchanges in the fixed order in which their maps are added. */
  venues: readonly VenueId[];
  /** How much history a new exchange is asked for, ms of market time. */
  historyMs: number;
  /** Market seconds per wall second: waiting times follow it. */
  speed: number;
  /** The deployment's model parameters; absent: the defaults. */
  params?: ModelParams;
  /** Below which the symbol is marked thin; absent: the usual limits. */
  thin?: ThinLimits;
}

/** The settings of one symbol's hub in a deployment; throws with the name of a variable that is wrong. */
export function parseHubSettings(vars: object, symbol: SymbolId): HubSettings {
  return {
    symbol,
    venues: parseSettings(vars).venues,
    historyMs: historyMsOf(vars),
    speed: parseClockLine(vars).speed,
    params: parseModelParams(readText(vars, "MODEL_PARAMS", "")),
    thin: parseThinLimits(vars),
  };
}

export function paramsOf(settings: HubSettings): ModelParams {
  return settings.params ?? DEFAULT_PARAMS;
}

/** Longest wait of wall time for one exchange's closed minute, scaled to market time. */
export function minutePatienceMs(settings: HubSettings): number {
  return 60_000 * Math.max(1, settings.speed);
}

/** Longest wait for an exchange whose history is being fetched without any progress. */
export function historyPatienceMs(settings: HubSettings): number {
  return 300_000 * Math.max(1, settings.speed);
}
