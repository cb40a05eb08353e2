// `npm run client-types`: the client's types from the reviewed OpenAPI document. With --check: fails when they are not fresh.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTypes, { astToString } from "openapi-typescript";

const DOCUMENT = new URL("../test/golden/openapi.json", import.meta.url);
const TYPES = new URL("../src/client/api-types.ts", import.meta.url);

const header = "// Made by `npm run client-types` from test/golden/openapi.json: not edited by hand.\n";
const types = header + astToString(await openapiTypes(DOCUMENT, { alphabetize: false }));
if (process.argv.includes("--check")) {
  if (readFileSync(TYPES, "utf8") !== types) {
    process.stderr.write("src/client/api-types.ts is not fresh: npm run client-types\n");
    process.exitCode = 1;
  }
} else {
  writeFileSync(TYPES, types);
}
