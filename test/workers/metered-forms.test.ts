// Every shape of an answer is counted, cached, tagged and refused alike: forms, the compatible surface, UDF, MCP, oEmbed.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { NOW, request, startMarket } from "./market.ts";

vi.setConfig({ testTimeout: 30_000 });
beforeAll(startMarket, 60_000);

const FORMS = ["json", "csv", "bin", "parquet", "png"].map((form) => `/v1/heatmap/BTC.${form}?range=12h`);
const COIN_HEATMAP = "/api/futures/liquidation/aggregated-heatmap/model1?symbol=BTC&range=12h";
const MARKS = `/udf/marks?symbol=BTC&from=${Math.floor(NOW / 1_000) - 86_400}&to=${Math.floor(NOW / 1_000)}&resolution=5`;
const OTHERS = [
  COIN_HEATMAP,
  "/api/futures/liquidation/max-pain?range=24h",
  "/api/futures/supported-coins",
  "/udf/config",
  "/udf/search?query=btc&type=&exchange=&limit=30",
  "/udf/symbols?symbol=BTC",
  MARKS,
];
const sourceOf = (answer: Response) => /desc="(\w+)"/.exec(answer.headers.get("server-timing") ?? "")?.[1];

/** Uses up the ten seconds of an address. */
async function useUp(address: string): Promise<void> {
  const asked = Array.from({ length: 110 }, () => request("/v1/nope", { headers: { "cf-connecting-ip": address } }));
  await Promise.all(asked);
}

describe("an answer in memory is no way around the meter", () => {
  test.each([...FORMS, COIN_HEATMAP, MARKS])(
    "%s says the rate, and refuses a wrong key and a used-up rate",
    async (path) => {
      await request(path);
      const visitor = (address: string) => request(path, { headers: { "cf-connecting-ip": address } });
      const good = await visitor("203.0.113.20");
      expect(good.status).toBe(200);
      expect(good.headers.get("ratelimit-policy")).toContain('"public-minute";q=300;w=60');
      const wrongKey = await request(path, { headers: { authorization: "Bearer garbage" } });
      const body = (await wrongKey.json()) as Record<string, unknown>;
      expect(wrongKey.status).toBe(path.startsWith("/udf") ? 200 : 401);
      expect(body).not.toHaveProperty("columns");
      vi.spyOn(Date, "now").mockReturnValue(1_900_000_000_000);
      await useUp("203.0.113.21");
      const late = await visitor("203.0.113.21");
      vi.restoreAllMocks();
      expect(late.status).toBe(path.startsWith("/udf") ? 200 : 429);
      expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(late.headers.get("ratelimit")).toContain("r=0");
    },
  );

  test.each(["/v1/status", "/metrics", "/mcp", "/oembed?url=x", "/api/futures/supported-coins", "/udf/config"])(
    "%s: a wrong key is counted against its address, and the refusal says the rate",
    async (path) => {
      const left = async (headers: Record<string, string>) => {
        const answer = await request(path, { headers: { "cf-connecting-ip": "203.0.113.24", ...headers } });
        return { answer, left: Number(/r=(\d+)/.exec(answer.headers.get("ratelimit") ?? "")?.[1]) };
      };
      const before = await left({});
      const { answer, left: after } = await left({ authorization: "Bearer garbage" });
      expect([answer.status, after - before.left]).toEqual([path.startsWith("/udf") ? 200 : 401, -1]);
      expect(answer.headers.get("ratelimit-policy")).toContain('"public-minute";q=300;w=60');
      const used = path.startsWith("/api/") ? String(300 - after) : null;
      expect(answer.headers.get("api-key-use-limit")).toBe(used);
      expect(answer.headers.get("api-key-max-limit")).toBe(used === null ? null : "300");
    },
  );

  test("an address that is too long, or repeats a parameter, counts like any other", async () => {
    const left = async (path: string) => {
      const { status, headers } = await request(path, { headers: { "cf-connecting-ip": "203.0.113.25" } });
      return [status, Number(/r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1])];
    };
    const [, first = 0] = await left("/v1/status");
    expect(await left(`/v1/map/BTC?x=${"y".repeat(2_100)}`)).toEqual([400, first - 1]);
    expect(await left("/v1/map/BTC?side=long&side=short")).toEqual([400, first - 2]);
  });

  test("a form counts once", async () => {
    const left = async () => {
      const { headers } = await request("/v1/heatmap/BTC.csv", { headers: { "cf-connecting-ip": "203.0.113.22" } });
      return Number(/r=(\d+)/.exec(headers.get("ratelimit") ?? "")?.[1]);
    };
    const first = await left();
    expect((await left()) - first).toBe(-1);
  });
});

describe("a tagged state", () => {
  test.each([...FORMS, ...OTHERS])("%s is not sent again to who has it", async (path) => {
    const first = await request(path);
    expect(first.status).toBe(200);
    const tag = first.headers.get("etag") ?? "";
    expect(tag).toMatch(/^W\/"[\w.-]+"$/);
    await first.arrayBuffer();
    const again = await request(path, { headers: { "if-none-match": tag } });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", tag]);
    expect(again.headers.get("content-type")).toBeNull();
    expect(sourceOf(again)).toBe("memory");
    const other = await request(path, { headers: { "if-none-match": 'W/"other"' } });
    expect(other.status).toBe(200);
  });

  test("names the form, and the style of a picture", async () => {
    const tags = await Promise.all(
      [...FORMS, `${FORMS[4]}&theme=light`].map(async (path) => (await request(path)).headers.get("etag")),
    );
    expect(new Set(tags).size).toBe(FORMS.length + 1);
  });
});

describe("a rush of equal requests", () => {
  test.each([COIN_HEATMAP.replace("12h", "3d"), MARKS.replace("BTC", "OKX:BTC")])("%s is made once", async (path) => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => request(path)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const sources = answers.map(sourceOf);
    expect(sources.filter((source) => source === "hub")).toHaveLength(1);
    expect(sources.filter((source) => source === "memory")).toHaveLength(199);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
  });

  test("the compatible surface keeps its caller's count out of what is shared", async () => {
    const used = async (address: string) =>
      (await request(COIN_HEATMAP, { headers: { "cf-connecting-ip": address } })).headers.get("api-key-use-limit");
    expect([await used("203.0.113.30"), await used("203.0.113.30"), await used("203.0.113.31")]).toEqual([
      "1",
      "2",
      "1",
    ]);
  });

  test("a doubled slash is the same address", async () => {
    await request("/api/futures/supported-exchanges");
    const doubled = await request("//api/futures/supported-exchanges");
    expect([doubled.status, sourceOf(doubled)]).toEqual([200, "memory"]);
  });
});

describe("refusals have the form of their surface, for any page", () => {
  const bad = { headers: { authorization: "Bearer garbage", origin: "https://example.org" } };

  test("the compatible surface: its envelope", async () => {
    for (const path of [COIN_HEATMAP, `/${COIN_HEATMAP}`]) {
      const answer = await request(path, bad);
      expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([401, "*"]);
      const body = (await answer.json()) as { code: string; msg: string; error: { request_id: string } };
      expect([body.code, body.error.request_id]).toEqual(["401", answer.headers.get("request-id")]);
      expect(body.msg).not.toBe("");
    }
    const address = { headers: { "cf-connecting-ip": "203.0.113.40" } };
    vi.spyOn(Date, "now").mockReturnValue(1_900_000_100_000);
    await useUp("203.0.113.40");
    const late = await request(COIN_HEATMAP, address);
    vi.restoreAllMocks();
    expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([429, "429"]);
    expect(late.headers.get("access-control-expose-headers")).toContain("API-KEY-USE-LIMIT");
    expect(late.headers.get("api-key-max-limit")).toBe("300");
  });

  test("UDF: its own error, with a status that libraries read", async () => {
    const answer = await request("/udf/config", bad);
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    expect(await answer.json()).toEqual({ s: "error", errmsg: expect.stringContaining("key") });
  });

  test.each([
    ["/mcp", { method: "POST", body: "{}" }],
    ["/oembed?url=x", {}],
  ])("%s: a problem", async (path, init) => {
    const answer = await request(path, { ...init, ...bad });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([401, "application/problem+json"]);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  test.each(["/udf/config", "/api/futures/supported-coins", "/mcp", "/oembed", "/embed/BTC", "/v1/heatmap/BTC.csv"])(
    "a preflight of %s allows the headers of keys, and is not counted",
    async (path) => {
      const answer = await request(path, {
        method: "OPTIONS",
        headers: { origin: "https://example.org", "access-control-request-method": "GET" },
      });
      expect(answer.status).toBe(204);
      const allowed = answer.headers.get("access-control-allow-headers")?.toLowerCase().split(",");
      expect(allowed).toEqual(expect.arrayContaining(["authorization", "x-api-key", "cg-api-key"]));
      expect(answer.headers.get("allow")).toBe(path === "/mcp" ? "POST, OPTIONS" : "GET, HEAD, OPTIONS");
      expect(answer.headers.get("ratelimit")).toBeNull();
    },
  );
});

test.each(["png?range=2h", "csv?rnage=1", "parquet?exchange=nyse", "json?asOf=1"])(
  "a problem of .%s is the request's own",
  async (form) => {
    const answer = await request(`/v1/heatmap/BTC.${form}`);
    const problem = (await answer.json()) as { instance: string; requestId: string };
    expect(answer.status).toBe(400);
    expect(problem.instance).toBe(`/v1/heatmap/BTC.${form.split("?")[0]}`);
    expect(problem.requestId).toBe(answer.headers.get("request-id"));
  },
);

test("a form that there is not is told with those there are; a symbol's own ending is none", async () => {
  const answer = await request("/v1/heatmap/BTC.xml");
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({
    code: "not-found",
    detail: "a heatmap has no form .xml; there are .json, .csv, .bin, .parquet, .png",
    accepted: [".json", ".csv", ".bin", ".parquet", ".png"],
  });
  expect((await request("/v1/heatmap/OKX:BTCUSDT.P")).status).toBe(200);
  expect(env.SYMBOLS).toBe("BTC,ETH");
});
