// What other people's pages get: the embed's policy and the oEmbed answer.
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { app } from "../../workers/api/app.ts";
import { embedPolicy } from "../../workers/api/routes/embed.ts";

const HERE = "https://map.example";
const get = (path: string) => Promise.resolve(app.request(`${HERE}${path}`, {}, env));

interface Rich {
  html: string;
  width: number;
  height: number;
  thumbnail_url: string;
}

beforeAll(() => {
  for (const [name, value] of Object.entries({ VENUES: "binance,okx", SYMBOLS: "BTC,ETH" }))
    Reflect.set(env, name, value);
});

describe("the embed's policy", () => {
  test("anybody may frame it, and it reaches only its own deployment", () => {
    const policy = embedPolicy(new URL(`${HERE}/embed/BTC`));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors *");
    expect(policy).toContain(`connect-src 'self' ${HERE} wss://map.example`);
    expect(policy).not.toContain("unsafe");
  });

  test("an unknown symbol is told", async () => {
    expect((await get("/embed/NOPE")).status).toBe(404);
  });
});

describe("oembed", () => {
  const oembed = (url: string, more = "") => get(`/oembed?url=${encodeURIComponent(url)}${more}`);

  test("turns a page of the dashboard, or an embed, into a frame with its filter", async () => {
    for (const page of [
      `${HERE}/?symbol=ETH&leverage=50,100&theme=light`,
      `${HERE}/embed/ETHUSDT?leverage=50,100&theme=light`,
    ]) {
      const response = await oembed(page, "&maxwidth=480");
      expect(response.headers.get("access-control-allow-origin")).toBe("*");
      const body = (await response.json()) as Rich;
      expect(body).toMatchObject({ version: "1.0", type: "rich", width: 480, height: 270, provider_url: HERE });
      expect(body.html).toContain(`src="${HERE}/embed/ETH?leverage=50%2C100&amp;theme=light"`);
      expect(body.html).toContain('sandbox="allow-scripts');
      expect(body.html).not.toContain("allow-same-origin");
      expect(body.thumbnail_url).toContain("/v1/heatmap/ETH.png?leverage=50%2C100&theme=light&width=480");
    }
  });

  test("nothing from the address becomes markup", async () => {
    const response = await oembed(`${HERE}/embed/BTC?theme="><script>alert(1)</script>`);
    expect(((await response.json()) as Rich).html.match(/<\/?\w+/g)).toEqual(["<iframe", "</iframe"]);
  });

  test.each([
    [`${HERE}/embed/NOPE`, "", 404],
    [`${HERE}/v1/status`, "", 404],
    ["https://elsewhere.example/embed/BTC", "", 400],
    ["not an address", "", 400],
    [`${HERE}/embed/BTC`, "&maxwidth=-5", 400],
    [`${HERE}/embed/BTC`, "&colour=red", 400],
    [`${HERE}/embed/BTC`, "&format=xml", 501],
  ])("%s with %j is answered %i", async (url, more, status) => {
    expect((await oembed(url, more)).status).toBe(status);
  });
});
