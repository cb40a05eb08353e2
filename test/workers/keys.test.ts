// Keys from making to revoking, and what a plan allows; real D1, real rate-limit binding.
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { app } from "../../workers/api/app.ts";

vi.setConfig({ testTimeout: 30_000 });

const ADMIN = "operator-token-of-the-tests";
const admin = { authorization: `Bearer ${ADMIN}` };

interface Made {
  id: string;
  key: string;
  masked: string;
}

async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const ctx = createExecutionContext();
  const response = await app.request(path, init, env, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}
async function make(body: object): Promise<Made> {
  const response = await request("/v1/admin/keys", { method: "POST", headers: admin, body: JSON.stringify(body) });
  expect([response.status, response.headers.get("cache-control")]).toEqual([201, "no-store"]);
  return (await response.json()) as Made;
}
const withKey = (key: string, extra: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${key}`, ...extra },
});
async function code(response: Response): Promise<[number, string]> {
  return [response.status, ((await response.json()) as { code: string }).code];
}

beforeAll(() => {
  Reflect.set(env, "ADMIN_TOKEN", ADMIN);
});

describe("the operator's routes", () => {
  test("a key is shown once, stored as its hash, listed without either", async () => {
    const made = await make({ name: "mine" });
    expect(made.key).toMatch(/^fl_live_/);
    const stored = await env.DB.prepare("SELECT * FROM api_keys").all();
    expect(JSON.stringify(stored.results)).not.toContain(made.key);
    const listed = await request("/v1/admin/keys", { headers: admin });
    const text = await listed.text();
    const { keys } = JSON.parse(text) as { keys: { id: string; masked: string }[] };
    const masked = keys.find(({ id }) => id === made.id)?.masked ?? "";
    // a leaked key is found by its beginning; 26 of its 30 random characters stay unknown
    expect([masked, made.key.startsWith(masked.slice(0, -1))]).toEqual([`${made.key.slice(0, 12)}…`, true]);
    expect(text).not.toContain(made.key);
    expect(text).not.toContain("hash");
  });

  test.each([{}, { authorization: "Bearer wrong" }, { authorization: "Basic x" }])(
    "are for nobody else: %o",
    async (headers) => {
      expect(await code(await request("/v1/admin/keys", { headers: headers as Record<string, string> }))).toEqual([
        401,
        "invalid-key",
      ]);
    },
  );

  test("do not exist without a secret", async () => {
    Reflect.set(env, "ADMIN_TOKEN", "");
    expect((await request("/v1/admin/keys", { headers: admin })).status).toBe(404);
    Reflect.set(env, "ADMIN_TOKEN", ADMIN);
  });

  test.each([
    ["{", 400, "invalid-body"],
    ["[]", 400, "invalid-body"],
    ['{"name":"x","plan":"gold"}', 400, "invalid-body"],
    ['{"name":"x","colour":1}', 400, "invalid-body"],
    ['{"name":"x","kind":"pub"}', 400, "invalid-body"],
    ['{"name":"x","kind":"pub","origins":["javascript:1"]}', 400, "invalid-body"],
    [`{"name":"${"x".repeat(10_000)}"}`, 413, "payload-too-large"],
  ])("refuse the body %.40s", async (body, status, name) => {
    const response = await request("/v1/admin/keys", { method: "POST", headers: admin, body });
    expect(await code(response)).toEqual([status, name]);
  });
});

describe("a key", () => {
  test("raises the rate, and its holder sees how much it was used", async () => {
    const { key, id } = await make({ name: "counted", plan: "pro" });
    const first = await request("/v1/usage", withKey(key));
    expect(first.status).toBe(200);
    expect(first.headers.get("ratelimit-policy")).toBe('"pro-minute";q=6000;w=60, "pro-burst";q=2000;w=10');
    expect(first.headers.get("ratelimit")).toMatch(/^"pro-minute";r=5999;t=\d+, "pro-burst";r=1999;t=\d+$/);
    const usage = (await (await request("/v1/usage", { headers: { "x-api-key": key } })).json()) as {
      id: string;
      days: { requests: number; refused: number }[];
    };
    expect(usage).toMatchObject({ id, name: "counted", plan: { id: "pro", streams: 500 } });
    expect(usage.days).toEqual([{ dayMs: expect.any(Number), requests: 2, refused: 0 }]);
  });

  test("is refused when forged, unknown or revoked, and needed for usage only", async () => {
    const { key, id } = await make({ name: "short-lived" });
    const forged = `${key.slice(0, -1)}${key.endsWith("a") ? "b" : "a"}`;
    expect(await code(await request("/v1/usage", withKey(forged)))).toEqual([401, "invalid-key"]);
    expect(await code(await request("/v1/usage"))).toEqual([401, "key-required"]);
    expect((await request("/v1/usage", withKey(key))).status).toBe(200);
    const revoked = await request(`/v1/admin/keys/${id}`, { method: "DELETE", headers: admin });
    expect(await revoked.json()).toEqual({ id, revoked: true });
    expect(await code(await request("/v1/usage", withKey(key)))).toEqual([401, "invalid-key"]);
    expect((await request(`/v1/admin/keys/${id}`, { method: "DELETE", headers: admin })).status).toBe(404);
  });

  test("of a page works from its origins only", async () => {
    const { key } = await make({ name: "page", kind: "pub", origins: ["https://example.org"] });
    expect(key).toMatch(/^fl_pub_/);
    expect((await request("/v1/usage", withKey(key, { origin: "https://example.org" }))).status).toBe(200);
    for (const extra of [{ origin: "https://example.com" }, {}] as Record<string, string>[]) {
      expect(await code(await request("/v1/usage", withKey(key, extra)))).toEqual([403, "origin-not-allowed"]);
    }
  });

  test("of another service is no concern of ours", async () => {
    const response = await request("/v1/nope", { headers: { "cg-api-key": "anything" } });
    expect(response.status).toBe(404);
  });

  test("is never logged", async () => {
    const logged: unknown[][] = [];
    for (const level of ["log", "warn", "error"] as const)
      vi.spyOn(console, level).mockImplementation((...all) => void logged.push(all));
    const { key } = await make({ name: "quiet" });
    await request("/v1/nope", withKey(key));
    await request("/v1/usage", withKey(key));
    vi.restoreAllMocks();
    expect(JSON.stringify(logged)).not.toContain(key.slice(0, 16));
  });
});

describe("a ticket", () => {
  const upgrade = { headers: { upgrade: "websocket" } };
  const ticketOf = async (key: string) => {
    const response = await request("/v1/stream/ticket", { method: "POST", ...withKey(key) });
    expect(response.status).toBe(201);
    return (await response.json()) as { ticket: string; expiresMs: number };
  };
  const symbol = "symbol=BTC";

  test("opens a stream, once signed by a key in use", async () => {
    const { key } = await make({ name: "streams" });
    const { ticket, expiresMs } = await ticketOf(key);
    expect(expiresMs - Date.now()).toBeLessThanOrEqual(60_000);
    const opened = await request(`/v1/stream?${symbol}&ticket=${ticket}`, upgrade);
    expect(opened.status).toBe(101);
    opened.webSocket?.accept();
    opened.webSocket?.close(1000);
  });

  test("is refused when changed, late, or when its key was revoked", async () => {
    const { key, id } = await make({ name: "streams" });
    const { ticket } = await ticketOf(key);
    const [name, expires = "", signature] = ticket.split(".");
    const later = `${name}.${Number(expires) + 60_000}.${signature}`;
    for (const bad of [later, `${ticket.slice(0, -2)}00`, "nonsense", ""]) {
      const answer = await request(`/v1/stream?${symbol}&ticket=${bad}`, upgrade);
      expect(await code(answer)).toEqual([401, "invalid-ticket"]);
    }
    vi.spyOn(Date, "now").mockReturnValue(Number(expires) + 1);
    expect((await request(`/v1/stream?${symbol}&ticket=${ticket}`, upgrade)).status).toBe(401);
    vi.restoreAllMocks();
    await request(`/v1/admin/keys/${id}`, { method: "DELETE", headers: admin });
    expect((await request(`/v1/stream?${symbol}&ticket=${ticket}`, upgrade)).status).toBe(401);
  });

  test.each([
    ["x".repeat(3_000_000), 413, "payload-too-large"],
    ['{"symbol":"BTC"}', 400, "invalid-body"],
    ["[]", 400, "invalid-body"],
    ["not json", 400, "invalid-body"],
  ])("takes no body but an empty one: %.20s", async (body, status, name) => {
    const { key } = await make({ name: "bodies" });
    const post = (text: string) => request("/v1/stream/ticket", { method: "POST", ...withKey(key), body: text });
    expect(await code(await post(body))).toEqual([status, name]);
    expect((await post("{}")).status).toBe(201);
  });

  test("wants a key", async () => {
    expect(await code(await request("/v1/stream/ticket", { method: "POST" }))).toEqual([401, "key-required"]);
  });
});

describe("streams", () => {
  test("a visitor may have ten of a symbol open, the next is closed with the reason; others are not counted with it", async () => {
    const open = async (address: string) => {
      const headers = { upgrade: "websocket", "cf-connecting-ip": address };
      const socket = (await request("/v1/stream?symbol=BTC", { headers })).webSocket as WebSocket;
      const closed = new Promise<number>((resolve) => {
        socket.addEventListener("close", (event) => resolve(event.code));
      });
      socket.accept();
      return { socket, closed };
    };
    const held = [];
    for (let i = 0; i < 10; i++) held.push(await open("198.51.100.1"));
    expect(await (await open("198.51.100.1")).closed).toBe(4429);
    const other = await open("198.51.100.2");
    for (const { socket } of [...held, other]) socket.close(1000);
    expect(await other.closed).toBe(1000);
  });
});

describe("fair use without a key", () => {
  const from = (address: string) => request("/v1/nope", { headers: { "cf-connecting-ip": address } });

  test("an address that asks too fast is told when to come back, others are not", async () => {
    const answers = await Promise.all(Array.from({ length: 310 }, () => from("203.0.113.7")));
    const refused = answers.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    const last = refused.at(-1) as Response;
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(last.headers.get("ratelimit")).toContain("r=0");
    expect(await code(last)).toEqual([429, "rate-limited"]);
    expect((await from("203.0.113.8")).status).toBe(404);
  });

  test("the holder of a key is told of other plans", async () => {
    const { key } = await make({ name: "busy" });
    await request("/v1/usage", withKey(key));
    vi.spyOn(Date, "now").mockReturnValue(Date.now());
    const ask = () => app.request("/v1/nope", withKey(key), env);
    const answers = await Promise.all(Array.from({ length: 420 }, ask));
    vi.restoreAllMocks();
    const late = answers.find(({ status }) => status === 429) as Response;
    expect(((await late.json()) as { detail: string }).detail).toContain("another plan has a higher rate");
  });

  test("an IPv6 network is one visitor, however its address is written", async () => {
    const remaining = async (address: string) =>
      Number(/r=(\d+)/.exec((await from(address)).headers.get("ratelimit") ?? "")?.[1]);
    const first = await remaining("2001:db8::1");
    expect(await remaining("2001:0db8:0:0:ffff::2")).toBe(first - 1);
    expect(await remaining("2001:db8:0:1::1")).toBe(first);
  });
});
