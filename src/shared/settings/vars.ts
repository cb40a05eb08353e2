// Reading deployment variables: every refusal names the variable and what is accepted.
import { SettingError } from "../error/setting-error.ts";

export interface NumberRange {
  /** As it is named in a refusal: `ms`, `USD`, … */
  unit: string;
  min: number;
  max: number;
  /** True unless fractions are taken. */
  whole?: boolean;
}

/** A variable's text, or the fallback when it is absent or empty. */
export function readText(vars: object, name: string, fallback: string): string {
  const value: unknown = Reflect.get(vars, name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : fallback;
}

/** A variable as a number in its range, or the fallback when it is absent or empty. */
export function readNumber<T>(vars: object, name: string, range: NumberRange, fallback: T): number | T {
  const text = readText(vars, name, "");
  if (text === "") return fallback;
  // a plain decimal: neither 0x10 nor 1e3 nor 5s
  const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const { min, max, whole = true } = range;
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  throw new SettingError(name, text, rangeText(range));
}

/** `a whole number of ms from 1000 to 15000`. */
export function rangeText({ unit, min, max, whole = true }: NumberRange): string {
  return `a ${whole ? "whole number" : "number"} of ${unit} from ${min} to ${max}`;
}

/** A comma-separated variable as its distinct entries, in order. */
export function readList(vars: object, name: string, entries: string): string[] {
  const texts = readText(vars, name, "").split(",");
  const list = [...new Set(texts.map((entry) => entry.trim()).filter((entry) => entry !== ""))];
  if (list.length === 0) throw new SettingError(name, "", `a comma-separated list of ${entries}`);
  return list;
}

const SCHEMES = { http: /^https?:\/\/[^\s/?#]+[^\s?#]*$/, ws: /^wss?:\/\/[^\s/?#]+[^\s?#]*$/ };

/** A base address without its trailing slash, or null when it is absent or empty. It may hold a secret: it is never printed. */
export function readBase(vars: object, name: string, scheme: keyof typeof SCHEMES, also = ""): string | null {
  const text = readText(vars, name, "");
  if (text === "") return null;
  if (!SCHEMES[scheme].test(text)) {
    throw new SettingError(name, null, `an address that begins with ${scheme}:// or ${scheme}s://${also}`);
  }
  return text.replace(/\/+$/, "");
}
