// `npm run keys` against an HTTP server on this machine that notes what it was asked.
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";

const TOKEN = "an-operator's-token-of-tests";
const asked: unknown[] = [];
let reply: { status: number; body: object } = { status: 200, body: {} };

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on("end", () => {
    const { method, url, headers } = request;
    asked.push([method, url, headers.authorization, body === "" ? null : JSON.parse(body)]);
    response.writeHead(reply.status, { "content-type": "application/json" }).end(JSON.stringify(reply.body));
  });
});

beforeAll(() => new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready)));
afterAll(() => new Promise<void>((closed) => server.close(() => closed())));

function keys(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { ...process.env, FAULTLINE_ADMIN_TOKEN: TOKEN };
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      ["scripts/keys.ts", "--url", url, ...args],
      { env },
      (_, stdout, stderr) => {
        settle({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

const BEARER = `Bearer ${TOKEN}`;

test.each([
  [["list"], ["GET", "/v1/admin/keys", BEARER, null]],
  [
    ["revoke", "3f/../0c"],
    ["DELETE", "/v1/admin/keys/3f%2F..%2F0c", BEARER, null],
  ],
  [
    ["create", "--name", "my page", "--kind", "pub", "--origin", "https://a.example", "--origin", "https://b.example"],
    [
      "POST",
      "/v1/admin/keys",
      BEARER,
      { name: "my page", kind: "pub", origins: ["https://a.example", "https://b.example"] },
    ],
  ],
])("%j is one call, its answer printed", async (args, expected) => {
  asked.length = 0;
  reply = { status: 200, body: { id: "3f0c" } };
  expect(await keys(...args)).toEqual({ code: 0, stdout: '{\n  "id": "3f0c"\n}\n', stderr: "" });
  expect(asked).toEqual([expected]);
});

test("a refusal is said in its own words, and nothing of the token", async () => {
  reply = { status: 401, body: { detail: "this is not the operator's token" } };
  const { code, stdout, stderr } = await keys("list");
  expect([code, stdout, stderr]).toEqual([1, "", "keys: this is not the operator's token\n"]);
});

test("without a server it says where it looked and what to start", async () => {
  const free = createServer();
  await new Promise<void>((ready) => free.listen(0, "127.0.0.1", ready));
  const { port } = free.address() as AddressInfo;
  await new Promise<void>((closed) => free.close(() => closed()));
  const { code, stderr } = await keys("list", "--url", `http://127.0.0.1:${port}`);
  const where = `nothing answers at http://127.0.0.1:${port} (ECONNREFUSED)`;
  expect([code, stderr]).toEqual([1, `keys: ${where}: start it with npm start, or name another with --url\n`]);
});

test.each([[[]], [["create"]], [["revoke"]], [["list", "more"]], [["list", "--what"]]])(
  "%j asks nobody and shows the usage",
  async (args) => {
    asked.length = 0;
    const { code, stderr } = await keys(...args);
    expect(code).toBe(2);
    expect(stderr).toContain("usage: npm run keys");
    expect(asked).toEqual([]);
  },
);
