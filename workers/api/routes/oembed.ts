// /oembed: a page's address of ours to the HTML that embeds it (oEmbed 1.0, type rich).
import { Hono } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { CARRIED, EMBED_PARAMETERS, toEmbedAddress } from "../embed/address.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { HEIGHT as PICTURE_HEIGHT, WIDTH as PICTURE_WIDTH } from "../formats/style.ts";
import { refuseUnknown, refuseUnreadable } from "../http/query.ts";

const ACCEPTED = ["url", "format", "maxwidth", "maxheight"];
const WIDTH = 960;
const HEIGHT = 540;

export const oembedRoute = new Hono<ApiEnv>();

oembedRoute.get("/oembed", (context) => {
  const here = new URL(context.req.url);
  refuseUnknown(here, ACCEPTED);
  if ((here.searchParams.get("format") ?? "json") !== "json") {
    // the format's own rule: 501 for what is not implemented
    return context.json({ error: "only format=json is implemented" }, 501);
  }
  const target = targetOf(here);
  refuseUnreadable(target);
  const fromPath = /^\/embed\/([^/]+)$/.exec(target.pathname)?.[1];
  if (fromPath === undefined && target.pathname !== "/") {
    throw new ApiError("not-found", "url is no page with a map", { parameter: "url" });
  }
  // an embedded map refuses what it cannot show; the dashboard's own page looks at no such thing
  if (fromPath !== undefined) refuseUnknown(target, EMBED_PARAMETERS);
  const asked = fromPath === undefined ? (target.searchParams.get("symbol") ?? "BTC") : decoded(fromPath);
  const kept = new URLSearchParams([...target.searchParams].filter(([name]) => CARRIED.includes(name)));
  const { symbol, query } = toEmbedAddress(asked, kept, configOf(context.env));
  const most = { width: bound(here, "maxwidth"), height: bound(here, "maxheight") };
  const width = Math.min(WIDTH, most.width);
  const height = Math.min(HEIGHT, most.height, Math.max(1, Math.round((width * HEIGHT) / WIDTH)));
  const embed = `${here.origin}/embed/${symbol}?${query}`;
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
      ...thumbnailOf(`${here.origin}/v1/heatmap/${symbol}.png?${query}`, { width, height }, most),
    },
    200,
    { "cache-control": "public, max-age=3600" },
  );
});

interface Size {
  width: number;
  height: number;
}

/** A picture is no smaller than its words can be read; where that is too large, there is none. */
function thumbnailOf(picture: string, frame: Size, most: Size): object {
  const width = Math.max(PICTURE_WIDTH.least, frame.width);
  const height = Math.max(PICTURE_HEIGHT.least, frame.height);
  if (width > most.width || height > most.height) return {};
  const thumbnail_url = `${picture}&width=${width}&height=${height}`;
  return { thumbnail_url, thumbnail_width: width, thumbnail_height: height };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // no symbol is written like this, and it is refused as one
    return text;
  }
}

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
