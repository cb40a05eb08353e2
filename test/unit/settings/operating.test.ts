// docs/operating.md against the settings: every variable that is read is there, and nothing that is not; its ranges and
// defaults are those of the code and of wrangler.toml.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { VENUES } from "../../../src/shared/market/symbol.ts";
import { parseVariables } from "../../../src/shared/settings/check.ts";

const PAGE = readFileSync("docs/operating.md", "utf8");
const WRANGLER = readFileSync("wrangler.toml", "utf8");
const REQUIRED = { SYMBOLS: "BTC", VENUES: "binance" };

interface Row {
  name: string;
  fallback: string;
  accepted: string;
}

/** The rows of the table of variables. */
const ROWS: Row[] = [...PAGE.matchAll(/^\| `([A-Z_<>]+)` \| (.*) \|$/gm)].map(([, name = "", cells = ""]) => {
  const [, fallback = "", accepted = ""] = cells.split(" | ");
  return { name, fallback, accepted };
});

/** A row that stands for one variable of each exchange gives each. */
const DOCUMENTED = ROWS.flatMap(({ name }) =>
  name.startsWith("<EXCHANGE>") ? VENUES.map((id) => name.replace("<EXCHANGE>", id.toUpperCase())) : [name],
);

/** The names that the settings look up. */
function variablesRead(): string[] {
  const names = new Set<string>();
  const seen = new Proxy(REQUIRED, {
    get(target, name, receiver): unknown {
      names.add(String(name));
      return Reflect.get(target, name, receiver);
    },
  });
  parseVariables(seen);
  return [...names];
}

test("names exactly the variables that are read", () => {
  expect(new Set(DOCUMENTED)).toEqual(new Set(variablesRead()));
  expect(new Set(DOCUMENTED).size).toBe(DOCUMENTED.length);
});

test("every variable of wrangler.toml is documented, with its value as default", () => {
  const vars = /\[vars\]\n([\s\S]*?)\n\[\[/.exec(WRANGLER)?.[1] ?? "";
  const set = [...vars.matchAll(/^([A-Z_]+) = "([^"]*)"/gm)].map(([, name = "", value = ""]) => ({ name, value }));
  expect(set.length).toBeGreaterThan(20);
  for (const { name, value } of set) {
    expect(DOCUMENTED).toContain(name);
    // lists are described, not repeated
    if (value === "" || ["SYMBOLS", "VENUES"].includes(name)) continue;
    const row = ROWS.find((one) => one.name === name);
    expect(`${name} ${row?.fallback.replaceAll("`", "")}`.split(" ").slice(0, 2)).toEqual([name, value]);
  }
});

describe("ranges", () => {
  const ranged = ROWS.flatMap(({ name, accepted }) => {
    const [, min, max] = /^([\d.]+) to ([\d.]+)/.exec(accepted) ?? [];
    return min === undefined || max === undefined ? [] : [[name.replace("<EXCHANGE>", "OKX"), min, max] as const];
  });

  test.each(ranged)("%s is taken from %s to %s and not beyond", (name, min, max) => {
    const clock = { CLOCK_MARKET_ORIGIN_MS: "0", CLOCK_WALL_ORIGIN_MS: "0" };
    const others = { ...REQUIRED, ...(name.startsWith("CLOCK_") ? clock : {}) };
    const parse = (value: string) => () =>
      parseVariables({ ...others, ...(name === "TAIL_POLL_MS" ? { BUSY_POLL_MS: "1000" } : {}), [name]: value });
    for (const value of [min, max]) expect(parse(value)).not.toThrow();
    for (const value of [`-${min}1`, `${max}1`]) expect(parse(value)).toThrow(`variable ${name}`);
    if (Number(min) >= 1) expect(parse(String(Number(min) - 1))).toThrow(`variable ${name}`);
    expect(parse(String(Number(max) + 1))).toThrow(`variable ${name}`);
  });

  test("are given for every number", () => {
    expect(ranged.length).toBe(13);
  });

  test.each(ROWS.filter(({ accepted }) => accepted.includes("whole")))("$name takes no fraction", ({ name }) => {
    const variable = name.replace("<EXCHANGE>", "OKX");
    expect(() => parseVariables({ ...REQUIRED, [variable]: "1000.5" })).toThrow(`variable ${variable}`);
  });
});

test("the metrics it names are those that are served", () => {
  const source = ["workers/api/http/feed-metrics.ts", "workers/api/routes/metrics.ts"].map((file) =>
    readFileSync(file, "utf8"),
  );
  for (const [name] of PAGE.matchAll(/faultline_[a-z_]+/g)) {
    expect(source.join("")).toContain(`"${name.replace(/_total$/, "")}"`);
  }
});
