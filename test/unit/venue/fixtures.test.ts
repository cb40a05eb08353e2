// The folder of recordings, file by file: each has a kind that its exchange's adapter reads, and a golden output that says something.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isVenueId, VENUES } from "../../../src/shared/market/symbol.ts";
import { kindNamed } from "../../../src/shared/venue/payload-kind.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import { needsShared, sharedFolder, sharedMissing } from "../../support/shared.ts";
import { recordingNames } from "./support.ts";

/** Bodies that are no data: judge.test.ts reads them. */
const ERRORS = "errors";

test("a name is of the longest kind it begins with, whole words only", () => {
  expect(kindNamed("klines")).toBe("klines");
  expect(kindNamed("open-interest-history-recorded-2022")).toBe("open-interest-history");
  expect(kindNamed("open-interest-volume-by-coin")).toBe("open-interest-volume-by-coin");
  expect(kindNamed("ticker-stream-delta-recorded-2023")).toBe("ticker-stream");
  expect(kindNamed("tickers-v3-2025")).toBe("tickers");
  expect(kindNamed("klinesque")).toBeNull();
  expect(kindNamed("constructor")).toBeNull();
});

describe("recordings", needsShared(), () => {
  const folders = sharedMissing() ? [] : directories(join(sharedFolder(), "fixtures/venues"));

  test("every folder is an exchange or the errors", () => {
    expect(folders.filter((name) => name !== ERRORS && !isVenueId(name))).toEqual([]);
    expect(folders).toEqual(expect.arrayContaining([...VENUES]));
  });

  const files = folders
    .filter(isVenueId)
    .flatMap((venue) => recordingNames(venue).map((name) => [venue, name] as const));

  test.each(files)("%s %s is of a kind that is read, and is kept as golden output", (venue, name) => {
    const kind = kindNamed(name);
    expect(kind, "begins with no kind").not.toBeNull();
    expect(adapterOf(venue).parses).toContain(kind);
    const golden = `test/golden/venue/${venue}/${name}.json`;
    expect(existsSync(golden), `${golden} is missing`).toBe(true);
    const said = Object.values(JSON.parse(readFileSync(golden, "utf8")) as Record<string, unknown>);
    expect(said.some(isSomething), "says nothing, not even why").toBe(true);
    const checks = readFileSync(`test/unit/venue/spot/${venue}.test.ts`, "utf8");
    expect(checks.includes(`"${name}"`), "no figure of it was worked out by hand").toBe(true);
  });

  test("no golden output is left of a file that is gone", () => {
    const kept = VENUES.flatMap((venue) => readdirSync(`test/golden/venue/${venue}`).map((file) => `${venue}/${file}`));
    expect(kept.sort()).toEqual(files.map(([venue, name]) => `${venue}/${name}.json`).sort());
  });
});

function directories(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** Golden files keep long lists by length and ends, and short ones of numbers as text. */
function isSomething(value: unknown): boolean {
  if (Array.isArray(value) || typeof value === "string") return value.length > 0;
  return typeof value === "object" && value !== null && "count" in value;
}
