// Payloads of our own making: one of every kind an adapter reads, so that the mutations reach each reader without
// recordings. Most hold a bad row: what is refused of each, and why, is kept as golden output.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { kindNamed } from "../../../src/shared/venue/payload-kind.ts";
import { ADAPTERS } from "../../../src/shared/venue/registry.ts";
import { contextOf, parseConstructed, recordingContext } from "./support.ts";

const GOLDEN = "test/golden/constructed-payloads.json";

describe.each(ADAPTERS.map(({ id, parses }) => [id, parses] as const))("%s", (venue, parses) => {
  test.each(parses.map((kind) => [kind]))("%s is read from a payload of ours", (kind) => {
    expect(existsSync(`test/fixtures/${venue}/${kind}.json`), "no payload of this kind").toBe(true);
    const result = parseConstructed(venue, kind, recordingContext(venue, kind));
    const { observations, instruments, brackets, positions = [], about } = result;
    const said = observations.length + instruments.length + brackets.length + positions.length;
    expect(said > 0 || about !== undefined, JSON.stringify(result.rejects)).toBe(true);
  });

  test("each payload of ours is of a kind that is read", () => {
    const kinds = readdirSync(`test/fixtures/${venue}`).map((file) => kindNamed(file.replace(/\.json$/, "")));
    for (const kind of kinds) expect(parses).toContain(kind);
  });

  test("a payload says nothing about a contract that is not in it", () => {
    for (const kind of parses) {
      const { observations, brackets } = parseConstructed(venue, kind, contextOf({ venueSymbol: "NOSUCH" }));
      expect(observations, kind).toEqual([]);
      expect(brackets, kind).toEqual([]);
    }
  });
});

test("what is read and refused of each is what was looked at", () => {
  const seen = ADAPTERS.flatMap(({ id, parses }) =>
    parses.map((kind) => {
      const { observations, instruments, brackets, rejects } = parseConstructed(id, kind, recordingContext(id, kind));
      const counts = { observations: observations.length, instruments: instruments.length, brackets: brackets.length };
      return [`${id} ${kind}`, { ...counts, rejects: rejects.map(({ path, reason }) => `${path} ${reason}`) }] as const;
    }),
  );
  const text = `${JSON.stringify(Object.fromEntries(seen), null, 2)}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(GOLDEN, text);
  expect(text).toBe(readFileSync(GOLDEN, "utf8"));
});
