// Reading deployment variables: every refusal names the variable, what it was and what is accepted.

/** A variable's text, or the fallback when it is absent or empty. */
export function readText(vars: object, name: string, fallback: string): string {
  const value: unknown = Reflect.get(vars, name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : fallback;
}

/** A variable as a number of at least `min`, or the fallback when it is absent or empty. */
export function readNumber<T>(vars: object, name: string, min: number, fallback: T): number | T {
  const text = readText(vars, name, "");
  if (text === "") return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value < min) {
    throw new Error(`variable ${name} was "${text}", expected a number of at least ${min}`);
  }
  return value;
}

/** A comma-separated variable as its distinct entries, in order. */
export function readList(vars: object, name: string): string[] {
  const entries = readText(vars, name, "").split(",");
  const list = [...new Set(entries.map((entry) => entry.trim()).filter((entry) => entry !== ""))];
  if (list.length === 0) throw new Error(`variable ${name} was empty, expected a comma-separated list`);
  return list;
}
