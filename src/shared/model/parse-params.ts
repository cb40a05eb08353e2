// Reads a parameter file. Total: what is wrong comes back as a sentence; what is absent keeps its default.
import {
  DEFAULT_PARAMS,
  type FeedParams,
  type ModelParams,
  type ModelValues,
  type Provenance,
  valuesOf,
  withVersion,
} from "./params.ts";

/** Bounds of each plain number. */
const NUMBERS: { [key in keyof ModelValues]?: readonly [number, number] } = {
  churn: [0, 1],
  isolatedSpread: [0.01, 3],
  crossShare: [0, 1],
  crossStretch: [0.1, 20],
  crossSpread: [0.01, 3],
  priceNoise: [0, 0.05],
  takerTilt: [0, 1],
  disposition: [0, 0.9],
  reservoirHazard: [0.001, 20],
  topUpShare: [0, 1],
  topUpWidening: [0, 2],
  wickFactor: [0, 1],
  diffuseDensity: [0, 10],
  displayShare: [0, 1],
};

/** Length and bounds of each list. */
const LISTS: { [key in keyof ModelValues]?: readonly [number, number, number] } = {
  flowWeights: [5, 0, 0.98],
  ageHazards: [11, 0, 20],
  tierHazards: [5, 0, 20],
};

/** Not values: `version` is computed, `fit` says how the file came to be. */
const REMARKS: readonly string[] = ["version", "fit"];

const SOURCES: readonly string[] = ["data", "sim", "docs", "literature", "assumed"] satisfies Provenance[];

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Returns the parameters of a parsed JSON file, or why it is refused. */
export function parseParams(json: unknown): ModelParams | { error: string } {
  if (!isFields(json)) return { error: "parameters were not a JSON object" };
  const values: Fields = {};
  let name = "file";
  let provenance = DEFAULT_PARAMS.provenance;
  for (const [key, value] of Object.entries(json)) {
    const bounds = NUMBERS[key as keyof ModelValues];
    const list = LISTS[key as keyof ModelValues];
    let problem: string | null = null;
    if (bounds !== undefined) problem = checkNumber(key, value, bounds);
    else if (list !== undefined) problem = checkList(key, value, list);
    else if (key === "feeds") problem = checkFeeds(value);
    else if (key === "provenance") problem = checkProvenance(value);
    else if (key === "name") problem = checkName(value);
    else if (!REMARKS.includes(key)) problem = `parameter ${key} is unknown`;
    if (problem !== null) return { error: problem };
    if (key === "name") name = value as string;
    else if (key === "provenance") provenance = { ...provenance, ...(value as ModelParams["provenance"]) };
    else if (key === "feeds") values["feeds"] = { ...DEFAULT_PARAMS.feeds, ...(value as ModelValues["feeds"]) };
    else if (!REMARKS.includes(key)) values[key] = value;
  }
  // a file without any is a slip, and would name the built-in set anew
  if (Object.keys(json).every((key) => REMARKS.includes(key))) return { error: "no parameter was set" };
  return withVersion(name, { ...valuesOf(DEFAULT_PARAMS), ...values } as ModelValues, provenance);
}

function checkNumber(key: string, value: unknown, [low, high]: readonly [number, number]): string | null {
  if (typeof value === "number" && value >= low && value <= high) return null;
  return `parameter ${key} was ${JSON.stringify(value)}, expected a number from ${low} to ${high}`;
}

function checkList(key: string, value: unknown, [length, low, high]: readonly [number, number, number]): string | null {
  if (!Array.isArray(value) || value.length !== length) return `parameter ${key} must be a list of ${length} numbers`;
  for (const [i, item] of value.entries()) {
    const problem = checkNumber(`${key}[${i}]`, item, [low, high]);
    if (problem !== null) return problem;
  }
  const sum = (value as number[]).reduce((a, b) => a + b, 0);
  return key.endsWith("flowWeights") && sum > 0.98 ? `parameter ${key} summed to ${sum}, expected at most 0.98` : null;
}

const FEED_KEYS: readonly string[] = ["share", "floorUsdPerMinute", "flowWeights"] satisfies (keyof FeedParams)[];

function checkFeeds(value: unknown): string | null {
  if (!isFields(value)) return "parameter feeds was not an object";
  for (const [venue, item] of Object.entries(value)) {
    const at = `feeds.${venue}`;
    if (!isFields(item)) return `parameter ${at} was not an object`;
    const extra = Object.keys(item).find((key) => !FEED_KEYS.includes(key));
    if (extra !== undefined) return `parameter ${at}.${extra} is unknown`;
    const weights = item["flowWeights"];
    const floor = item["floorUsdPerMinute"];
    const problem =
      checkNumber(`${at}.share`, item["share"], [0, 10]) ??
      (floor === null ? null : checkNumber(`${at}.floorUsdPerMinute`, floor, [0, 1e12])) ??
      (weights === null ? null : checkList(`${at}.flowWeights`, weights, [5, 0, 0.98]));
    if (problem !== null) return problem;
  }
  return null;
}

function checkProvenance(value: unknown): string | null {
  if (!isFields(value)) return "parameter provenance was not an object";
  for (const [key, item] of Object.entries(value)) {
    const valid = isFields(item) && SOURCES.includes(item["source"] as string) && typeof item["note"] === "string";
    if (!valid) return `parameter provenance.${key} must have a source (${SOURCES.join(", ")}) and a note`;
  }
  return null;
}

function checkName(value: unknown): string | null {
  const valid = typeof value === "string" && /^[a-z0-9][a-z0-9-]{0,31}$/.test(value);
  return valid ? null : `parameter name was ${JSON.stringify(value)}, expected up to 32 of a-z, 0-9 and -`;
}
