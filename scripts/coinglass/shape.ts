// Shapes of answers, checked as a client would trip over them: each says what is wrong with a value, or null.

export type Shape = (value: unknown, at: string) => string | null;

const wrong = (at: string, value: unknown, expected: string): string =>
  `${at} was ${(JSON.stringify(value) ?? "nothing").slice(0, 60)}, expected ${expected}`;

export const number: Shape = (value, at) =>
  typeof value === "number" && Number.isFinite(value) ? null : wrong(at, value, "a number");

/** Seconds, not milliseconds: between 2001 and 2286. */
export const seconds: Shape = (value, at) =>
  typeof value === "number" && value > 1e9 && value < 1e10 ? null : wrong(at, value, "a time in seconds");

export const milliseconds: Shape = (value, at) =>
  typeof value === "number" && value > 1e12 && value < 1e13 ? null : wrong(at, value, "a time in milliseconds");

export const text: Shape = (value, at) => (typeof value === "string" ? null : wrong(at, value, "a string"));

/** A figure written as a string. */
export const figure: Shape = (value, at) =>
  typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
    ? null
    : wrong(at, value, "a figure in a string");

export const nothing: Shape = (value, at) => (value === null ? null : wrong(at, value, "null"));

export const list =
  (of: Shape): Shape =>
  (value, at) =>
    Array.isArray(value) ? first(value, (one, i) => of(one, `${at}[${i}]`)) : wrong(at, value, "a list");

export const tuple =
  (...places: Shape[]): Shape =>
  (value, at) =>
    Array.isArray(value) && value.length === places.length
      ? first(places, (place, i) => place(value[i], `${at}[${i}]`))
      : wrong(at, value, `${places.length} places`);

/** Fields that must be there; others may be. */
export const fields =
  (shapes: Record<string, Shape>): Shape =>
  (value, at) =>
    typeof value === "object" && value !== null
      ? first(Object.entries(shapes), ([name, shape]) => shape(Reflect.get(value, name), `${at}.${name}`))
      : wrong(at, value, "an object");

/** An object with keys of any name. */
export const byName =
  (of: Shape): Shape =>
  (value, at) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? first(Object.entries(value), ([name, one]) => of(one, `${at}.${name}`))
      : wrong(at, value, "an object");

function first<T>(all: readonly T[], check: (one: T, index: number) => string | null): string | null {
  for (const [i, one] of all.entries()) {
    const found = check(one, i);
    if (found !== null) return found;
  }
  return null;
}
