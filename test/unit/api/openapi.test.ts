// The published description of the API changes only on purpose: UPDATE_GOLDEN=1 writes it anew, the diff is reviewed like code.
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";

const GOLDEN = new URL("../../golden/openapi.json", import.meta.url);

/** The Worker's app; by a name the compiler does not follow, as the types of Workers and of Node exclude each other. */
async function openapi(): Promise<string> {
  const file = new URL("../../../workers/api/app.ts", import.meta.url).href;
  const { app } = (await import(file)) as { app: { request(path: string): Promise<Response> } };
  const response = await app.request("/openapi.json");
  return `${JSON.stringify(await response.json(), null, 2)}\n`;
}

test("openapi.json equals the reviewed snapshot", async () => {
  const document = await openapi();
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(GOLDEN, document);
  expect(document).toBe(readFileSync(GOLDEN, "utf8"));
});
