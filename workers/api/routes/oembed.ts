// /oembed: a page's address of ours to the HTML that embeds it (oEmbed 1.0, type rich).
import { Hono } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { refuseUnknown, toSymbol } from "../http/query.ts";

const ACCEPTED = ["url", "format", "maxwidth", "maxheight"];
const WIDTH = 960;
const HEIGHT = 540;
/** What an embedded map may carry over from the address it is made from. */
const CARRIED = ["range", "exchange", "leverage", "age", "side", "mode", "delta", "theme", "colors"];

export const oembedRoute = new Hono<ApiEnv>();

oembedRoute.get("/oembed", (context) => {
  const here = new URL(context.req.url);
  refuseUnknown(here, ACCEPTED);
  if ((here.searchParams.get("format") ?? "json") !== "json") {
    // the format's own rule: 501 for what is not implemented
    return context.json({ error: "only format=json is implemented" }, 501);
  }
  const target = targetOf(here);
  const fromPath = /^\/embed\/([^/]+)$/.exec(target.pathname)?.[1];
  if (fromPath === undefined && target.pathname !== "/") {
    throw new ApiError("not-found", "url is no page with a map", { parameter: "url" });
  }
  const asked = fromPath === undefined ? (target.searchParams.get("symbol") ?? "BTC") : decodeURIComponent(fromPath);
  const symbol = toSymbol(asked, configOf(context.env));
  const width = Math.min(WIDTH, bound(here, "maxwidth"));
  const height = Math.min(HEIGHT, bound(here, "maxheight"), Math.round((width * HEIGHT) / WIDTH));
  const query = new URLSearchParams(
    CARRIED.flatMap((name) => {
      const value = target.searchParams.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const embed = `${here.origin}/embed/${symbol}?${query}`;
  const poster = `${here.origin}/v1/heatmap/${symbol}.png?${query}&width=${Math.max(240, width)}&height=${Math.max(160, height)}`;
  const title = `${symbol}: estimated liquidation levels`;
  return context.json(
    {
      version: "1.0",
      type: "rich",
      title,
      provider_name: "Faultline",
      provider_url: here.origin,
      cache_age: 3_600,
      width,
      height,
      html: `<iframe src="${attribute(embed)}" width="${width}" height="${height}" title="${attribute(title)}" loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" referrerpolicy="strict-origin-when-cross-origin" style="border:0"></iframe>`,
      thumbnail_url: poster,
      thumbnail_width: Math.max(240, width),
      thumbnail_height: Math.max(160, height),
    },
    200,
    { "cache-control": "public, max-age=3600" },
  );
});

function targetOf(here: URL): URL {
  const text = here.searchParams.get("url") ?? "";
  const target = URL.canParse(text) ? new URL(text) : null;
  if (target?.origin === here.origin) return target;
  throw new ApiError("invalid-parameter", `url was no address of ${here.origin}`, { parameter: "url" });
}

function bound(here: URL, name: string): number {
  const text = here.searchParams.get(name);
  if (text === null) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new ApiError("invalid-parameter", `${name} was ${text.slice(0, 20)}, expected pixels`, { parameter: name });
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
