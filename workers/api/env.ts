// The deployment's configuration as the API needs it, parsed once per isolate.
import type { DataSource, SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { ModelParams } from "../../src/shared/model/params.ts";
import { parseModelParams } from "../../src/shared/model/params-text.ts";
import { parseSettings } from "../../src/shared/settings/deployment.ts";
import { marketClock } from "../../src/shared/settings/market-clock.ts";
import { parseThinLimits, type ThinLimits } from "../../src/shared/settings/thin-market.ts";
import { readText } from "../../src/shared/settings/vars.ts";
import type { Clock } from "../../src/shared/time/clock.ts";
import type { Caller } from "./keys/caller.ts";

export interface ApiEnv {
  Bindings: Cloudflare.Env;
  Variables: { requestId: string; caller: Caller };
}

export interface ApiConfig {
  symbols: readonly SymbolId[];
  venues: readonly VenueId[];
  dataSource: DataSource;
  clock: Clock;
  params: ModelParams;
  /** Below which a symbol is marked thin. */
  thin: ThinLimits;
}

const configs = new WeakMap<object, ApiConfig>();

/** Throws when a variable is wrong: a deployment's mistake, told with the variable's name in the log. */
export function configOf(env: Cloudflare.Env): ApiConfig {
  const known = configs.get(env);
  if (known !== undefined) return known;
  const { symbols, venues, dataSource } = parseSettings(env);
  const clock = marketClock(env, () => Date.now());
  const config: ApiConfig = {
    symbols,
    venues,
    dataSource,
    clock,
    params: parseModelParams(readText(env, "MODEL_PARAMS", "")),
    thin: parseThinLimits(env),
  };
  configs.set(env, config);
  return config;
}
