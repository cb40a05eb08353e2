// The deployment's configuration as the API needs it, parsed once per isolate.
import { ApiError } from "../../src/shared/error/api-error.ts";
import { SettingError } from "../../src/shared/error/setting-error.ts";
import type { DataSource, SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import type { ModelParams } from "../../src/shared/model/params.ts";
import { parseVariables } from "../../src/shared/settings/check.ts";
import { marketClock } from "../../src/shared/settings/market-clock.ts";
import type { ThinLimits } from "../../src/shared/settings/thin-market.ts";
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

const configs = new WeakMap<object, ApiConfig | ApiError>();

/** Throws a problem that names the variable when one is wrong: the deployment's mistake, logged once. */
export function configOf(env: Cloudflare.Env): ApiConfig {
  let known = configs.get(env);
  if (known === undefined) {
    known = newConfig(env);
    configs.set(env, known);
  }
  if (known instanceof ApiError) throw known;
  return known;
}

function newConfig(env: Cloudflare.Env): ApiConfig | ApiError {
  try {
    const { symbols, venues, dataSource, params, thin } = parseVariables(env);
    return { symbols, venues, dataSource, params, thin, clock: marketClock(env, () => Date.now()) };
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    console.error(error.message);
    // what the variable holds is the operator's business: only its name leaves the deployment
    return new ApiError("misconfigured", `variable ${error.variable}: expected ${error.accepted}`, {
      retryAfterSeconds: 60,
    });
  }
}
