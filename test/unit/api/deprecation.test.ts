import { expect, test } from "vitest";

/** By a name the compiler does not follow, as the types of Workers and of Node exclude each other. */
const file = new URL("../../../workers/api/middleware/deprecation.ts", import.meta.url).href;
const { deprecationHeaders } = (await import(file)) as {
  deprecationHeaders(table: object[], path: string): Record<string, string> | null;
};

const TABLE = [
  { path: "/v1/old", sinceMs: 1_767_225_600_000, sunsetMs: 1_782_864_000_000, successor: "/v2/new" },
  { path: "/v0/", sinceMs: 1_767_225_600_000, sunsetMs: 1_782_864_000_000, successor: "/v1/" },
];

test.each([
  ["/v1/old", "/v2/new"],
  ["/v0/anything", "/v1/"],
])("%s says that it goes away, when, and what comes instead", (path, successor) => {
  expect(deprecationHeaders(TABLE, path)).toEqual({
    deprecation: "@1767225600",
    sunset: "Wed, 01 Jul 2026 00:00:00 GMT",
    link: `<${successor}>; rel="successor-version"`,
  });
});

test.each(["/v1/older", "/v1", "/v01"])("%s is not deprecated", (path) => {
  expect(deprecationHeaders(TABLE, path)).toBeNull();
});
