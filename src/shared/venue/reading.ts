// One payload being read: where its observations and rejects are collected.
import * as z from "zod/mini";
import type { Instrument } from "../market/observation.ts";
import type { VenueId } from "../market/symbol.ts";
import type { ParseContext, ParseResult, PayloadKind } from "./venue.ts";

const SAMPLE_LENGTH = 120;

export interface Reading {
  venue: VenueId;
  kind: PayloadKind;
  context: ParseContext;
  /** The contract that a venue's symbol names by itself, for when no instrument list is known; else null. */
  assume(venueSymbol: string): Instrument | null;
  result: ParseResult;
}

/** Writes down why something at a JSON path (`$.data[0].oi`) was refused. */
export function reject(reading: Reading, path: string, reason: string, value: unknown): void {
  reading.result.rejects.push({ venue: reading.venue, kind: reading.kind, path, reason, sample: sampleOf(value) });
}

/** Returns the row as its schema reads it, or null after one reject that names the first bad field. */
export function readRow<S extends z.ZodMiniType>(
  reading: Reading,
  schema: S,
  value: unknown,
  path: string,
): z.output<S> | null {
  const read = z.safeParse(schema, value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const at = path + (issue === undefined ? "" : issue.path.map(step).join(""));
  reject(
    reading,
    at,
    issue === undefined ? "is malformed" : reasonOf(issue),
    issue?.path.length === 0 ? value : dig(value, issue?.path),
  );
  return null;
}

/** Returns a list, or an empty one after a reject when the value is none. */
export function readList(reading: Reading, value: unknown, path: string): unknown[] {
  if (Array.isArray(value)) return value;
  reject(reading, path, "is not a list", value);
  return [];
}

/** The text under a key of an unknown value, or null: a cheap look before a row is read in full. */
export function textAt(value: unknown, key: string | number): string | null {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return null;
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" && found !== "" ? found : null;
}

function step(key: PropertyKey): string {
  return typeof key === "number" ? `[${key}]` : `.${String(key)}`;
}

function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "custom") return issue.message;
  if (issue.code === "invalid_type" && issue.expected === "nonoptional") return "is missing";
  if (issue.code === "invalid_type") return `is not ${/^[aeiou]/.test(issue.expected) ? "an" : "a"} ${issue.expected}`;
  if (issue.code === "invalid_value") return `is none of ${issue.values.map(String).join(", ")}`;
  return `is malformed: ${issue.code}`;
}

function dig(value: unknown, path: readonly PropertyKey[] | undefined): unknown {
  let at = value;
  for (const key of path ?? []) {
    if (typeof at !== "object" || at === null) return at;
    at = Reflect.get(at, key);
  }
  return at;
}

function sampleOf(value: unknown): string {
  return printed(value).slice(0, SAMPLE_LENGTH);
}

/** Any value as text: strings as they are, the rest as JSON where it is some. */
export function printed(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // cyclic values and bigints are not JSON, but a parser answers for any input
    return Object.prototype.toString.call(value);
  }
}
