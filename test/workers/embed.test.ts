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
  thumbnail_url?: string;
  thumbnail_width?: number;
  thumbnail_height?: number;
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
});

describe("the embed's address", () => {
  test.each([
    ["/embed/ETHUSDT", "/embed/ETH"],
    ["/embed/ETH-USDT-SWAP?range=7d", "/embed/ETH?range=7d"],
    ["/embed/eth%2Fusdt", "/embed/ETH"],
    ["/embed/BINANCE:BTCUSDT", "/embed/BTC?exchange=binance"],
    ["/embed/OKX%3ABTC?leverage=50,100&theme=light", "/embed/BTC?leverage=50%2C100&theme=light&exchange=okx"],
    ["/embed/BTC?exchange=OKX,%20binance", "/embed/BTC?exchange=binance%2Cokx"],
  ])("%s is %s", async (asked, canonical) => {
    const response = await get(asked);
    expect([response.status, response.headers.get("location")]).toEqual([302, canonical]);
  });

  test("as the page reads it is answered with the page", async () => {
    const page = "<!doctype html><title>a map</title>";
    Reflect.set(env, "ASSETS", { fetch: () => Promise.resolve(new Response(page)) });
    const address = "/embed/BTC?range=7d&exchange=binance,okx&leverage=50&side=long&mode=expected&theme=dark&window=5";
    const response = await get(address);
    expect([response.status, await response.text()]).toEqual([200, page]);
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors *");
  });

  test.each([
    ["/embed/NOPE", 404, "symbol NOPE is not served here; served: BTC, ETH"],
    ["/embed/-", 404, "symbol - is not served here; served: BTC, ETH"],
    ["/embed/%22DOGE%22", 404, "symbol &#34;DOGE&#34; is not served here"],
    ["/embed/%3Cscript%3Ealert(1)%3C%2Fscript%3E", 404, "symbol &#60;script&#62;alert(1)&#60;/script&#62; is not"],
    ["/embed/BTCUSD_PERP", 404, "is a coin-margined contract, and those are not counted; take BTC or BTCUSDT"],
    ["/embed/BTC?range=zz", 400, "parameter range was &#34;zz&#34;, expected one of 12h, 24h, 3d"],
    ["/embed/BTC?mode=expcted", 400, "expected one of exposed, expected"],
    ["/embed/BTC?theme=neon", 400, "expected one of dark, light"],
    ["/embed/BTC?exchange=gmx", 400, "Accepted: binance, okx"],
    ["/embed/BTC?exchange=okx&leverage=50&range=30d", 400, "reaches 7 days back"],
    ["/embed/OKX:BTC?exchange=binance", 400, "but the symbol names okx"],
    ["/embed/BTC?weights=5:0.1", 400, "parameter weights is not known here"],
    ["/embed/BTC?range=24h&range=7d", 400, "parameter range was given twice"],
  ])("%s is refused with %i, in words that a frame shows", async (address, status, words) => {
    const response = await get(address);
    const body = await response.text();
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "text/html; charset=utf-8"]);
    expect(body).toContain(words);
    expect(body.match(/<\/?script|\son\w+=/)).toBeNull();
    // its policy allows the page's own style and nothing else, in anybody's frame
    const policy = response.headers.get("content-security-policy") ?? "";
    const style = /<style>(.*)<\/style>/.exec(body)?.[1] ?? "";
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style)));
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${btoa(String.fromCharCode(...digest))}'`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors *",
    ]);
  });

  test("a refusal is in the theme that was asked for", async () => {
    expect(await (await get("/embed/NOPE?theme=light")).text()).toContain('<html lang="en" data-theme="light">');
    expect(await (await get("/embed/NOPE")).text()).toContain('<html lang="en">');
  });

  test("what an embed refuses its picture refuses, with the same status", async () => {
    for (const asked of ["NOPE", "BTCUSD_PERP", "BTC?range=zz", "BTC?exchange=gmx", "OKX:BTC?exchange=binance"]) {
      const [symbol, query = ""] = asked.split("?");
      const [embed, picture] = await Promise.all([get(`/embed/${asked}`), get(`/v1/heatmap/${symbol}.png?${query}`)]);
      expect([asked, embed.status]).toEqual([asked, picture.status]);
    }
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
    const response = await oembed(`${HERE}/embed/BTC?range=24h&side="><script>alert(1)</script>`);
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/problem+json"]);
    const { html } = (await (await oembed(`${HERE}/?title="><script>alert(1)</script>`)).json()) as Rich;
    expect(html.match(/<\/?\w+/g)).toEqual(["<iframe", "</iframe"]);
  });

  test("an exchange in front of the symbol stays", async () => {
    for (const page of [`${HERE}/embed/OKX:BTCUSDT`, `${HERE}/embed/OKX%3ABTC`, `${HERE}/?symbol=OKX:BTC`]) {
      const { html, thumbnail_url } = (await (await oembed(page)).json()) as Rich;
      expect(html).toContain(`src="${HERE}/embed/BTC?exchange=okx"`);
      expect(thumbnail_url).toContain("/v1/heatmap/BTC.png?exchange=okx&");
    }
  });

  test.each([
    ["&maxwidth=100", [100, 56], undefined],
    ["&maxwidth=250", [250, 141], [250, 160]],
    ["&maxwidth=250&maxheight=150", [250, 141], undefined],
    ["&maxheight=160", [960, 160], [960, 160]],
    ["&maxheight=100", [960, 100], undefined],
  ])(
    "%s: neither frame nor thumbnail is larger, and a thumbnail that would be is left out",
    async (more, frame, thumb) => {
      const body = (await (await oembed(`${HERE}/embed/BTC`, more)).json()) as Rich;
      expect([body.width, body.height]).toEqual(frame);
      const { thumbnail_width, thumbnail_height, thumbnail_url } = body;
      expect(thumbnail_width === undefined ? undefined : [thumbnail_width, thumbnail_height]).toEqual(thumb);
      expect(thumbnail_url === undefined).toBe(thumb === undefined);
    },
  );

  test.each([
    [`${HERE}/embed/NOPE`, "", 404],
    [`${HERE}/v1/status`, "", 404],
    [`${HERE}/embed/%E0%A4%A`, "", 404],
    [`${HERE}/embed/BTC?range=zz`, "", 400],
    [`${HERE}/embed/OKX:BTC?exchange=binance`, "", 400],
    [`${HERE}/embed/BTC?currency=EUR`, "", 400],
    [`${HERE}/embed/BTC?weights=5:0.1`, "", 400],
    [`${HERE}/embed/BTC?window=5&heatmap=off`, "", 200],
    ["https://elsewhere.example/embed/BTC", "", 400],
    ["not an address", "", 400],
    [`${HERE}/embed/BTC`, "&maxwidth=-5", 400],
    [`${HERE}/embed/BTC`, "&colour=red", 400],
    [`${HERE}/embed/BTC`, "&format=xml", 501],
  ])("%s with %j is answered %i", async (url, more, status) => {
    expect((await oembed(url, more)).status).toBe(status);
  });
});
