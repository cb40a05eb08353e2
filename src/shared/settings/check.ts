// All variables of a deployment read at once, so that a wrong one is named at the door and not by whoever meets it first.
import { VENUES } from "../market/symbol.ts";
import { parseModelParams } from "../model/params-text.ts";
import { adminTokenOf } from "./admin-token.ts";
import { euroRateBase, feedName, operatorBases, parseSettings } from "./deployment.ts";
import { historyMsOf, keepLiquidationsMs } from "./kept.ts";
import { parseClockLine } from "./market-clock.ts";
import { parseThinLimits } from "./thin-market.ts";
import { readText } from "./vars.ts";

/** Throws the SettingError of the first variable that cannot be used. */
export function parseVariables(vars: object) {
  for (const venue of VENUES) {
    operatorBases(vars, venue);
    feedName(vars, venue);
  }
  euroRateBase(vars);
  adminTokenOf(vars);
  return {
    ...parseSettings(vars),
    clockLine: parseClockLine(vars),
    params: parseModelParams(readText(vars, "MODEL_PARAMS", "")),
    thin: parseThinLimits(vars),
    historyMs: historyMsOf(vars),
    keepLiquidationsMs: keepLiquidationsMs(vars),
  };
}
