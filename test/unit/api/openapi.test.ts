// The published description of the API changes only on purpose: UPDATE_GOLDEN=1 writes it anew, the diff is reviewed like code.
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MODEL_VERSION } from "../../../src/shared/model/model.ts";

const GOLDEN = new URL("../../golden/openapi.json", import.meta.url);

/** A document of the app, by a name the compiler does not follow: the types of Workers and of Node exclude each other. */
async function described(path: string): Promise<string> {
  const file = new URL("../../../workers/api/app.ts", import.meta.url).href;
  const { app } = (await import(file)) as { app: { request(path: string): Promise<Response> } };
  const response = await app.request(path);
  return `${JSON.stringify(await response.json(), null, 2)}\n`;
}

test("openapi.json equals the reviewed snapshot", async () => {
  const document = await described("/openapi.json");
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(GOLDEN, document);
  expect(document).toBe(readFileSync(GOLDEN, "utf8"));
});

test.each(["/openapi.json", "/asyncapi.json"])("every model that %s names is the one that answers", async (path) => {
  const named = (await described(path)).match(/\bflt\d[\w-]*/g) ?? [];
  expect(named.length).toBeGreaterThan(0);
  expect(new Set(named)).toEqual(new Set([MODEL_VERSION]));
});
