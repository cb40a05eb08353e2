// Every recorded payload against our normalised values. Rewritten only with UPDATE_GOLDEN=1.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import type { Reject } from "../../../src/shared/market/observation.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import type { ParseResult } from "../../../src/shared/venue/venue.ts";
import { needsShared, sharedMissing } from "../../support/shared.ts";
import { recordingContext, recordings } from "./support.ts";

/** Longer lists are kept by their ends and their length. */
const KEPT_ROWS = 8;

describe("recorded payloads", needsShared(), () => {
  const all = sharedMissing() ? [] : recordings();

  test("there are recordings of every venue", () => {
    expect(all.length).toBeGreaterThan(60);
  });

  test.each(all.map((one) => [`${one.venue} ${one.name}`, one] as const))(
    "%s",
    (_title, { venue, name, kind, payload }) => {
      const seen = printed(adapterOf(venue).parse(kind, payload, recordingContext(venue, kind, name)));
      const file = `test/golden/venue/${venue}/${name}.json`;
      if (process.env["UPDATE_GOLDEN"] === "1") {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, seen);
      }
      expect(existsSync(file), `${file} is missing: run with UPDATE_GOLDEN=1 and review`).toBe(true);
      expect(seen).toBe(readFileSync(file, "utf8"));
    },
  );
});

/** Samples are the venue's own text and stay out of the repository. */
function printed(result: ParseResult): string {
  const rejects = result.rejects.map(({ path, reason }: Reject) => ({ path, reason }));
  return `${JSON.stringify({ ...result, rejects }, shorten, 2)}\n`;
}

function shorten(_key: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (value.every((one) => typeof one === "number")) return value.join(" ");
  if (value.length <= KEPT_ROWS) return value;
  return { count: value.length, first: value.slice(0, 2), last: value.slice(-2) };
}
