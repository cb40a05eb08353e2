// The deployment's model parameters: variable MODEL_PARAMS holds a parameter file as JSON, "" = the defaults. One small file
// per deployment, the same text for hubs and API, so that every figure and every modelVersion comes from one set.
import { SettingError } from "../error/setting-error.ts";
import { DEFAULT_PARAMS, type ModelParams } from "./params.ts";
import { parseParams } from "./parse-params.ts";

const EXPECTED = "the content of a parameter file as JSON";

/** Tables are cached per parameter object: the same text must give the same object. */
let known: { text: string; params: ModelParams } | null = null;

/** The set in the variable's text; throws with the variable's name and what is wrong with it. */
export function parseModelParams(text: string): ModelParams {
  if (text === "") return DEFAULT_PARAMS;
  if (known?.text === text) return known.params;
  const params = parseParams(parseJson(text));
  if ("error" in params) throw new SettingError("MODEL_PARAMS", null, `${EXPECTED}: ${params.error}`);
  known = { text, params };
  return params;
}

/** A parameter file as the variable's text: without the record of its fit, which no figure depends on. */
export function formatModelParams(json: unknown): string {
  return JSON.stringify(json, (key, value: unknown) => (key === "fit" ? undefined : value));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SettingError("MODEL_PARAMS", null, EXPECTED);
  }
}
