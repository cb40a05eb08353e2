// /embed/{symbol}: the chart alone, for other people's pages. Its own policy: anybody may frame it, it reaches nobody
// but this deployment, and it has neither cookies nor storage.
import { Hono } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { EMBED_PARAMETERS, toEmbedAddress } from "../embed/address.ts";
import { refusalPage } from "../embed/refusal-page.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { refuseUnknown, refuseUnreadable } from "../http/query.ts";

/** The one style sheet that the chart library writes into the page itself. */
const CHART_STYLE = "'sha256-3pRED1tOXas1FXFoPb9TGCjmYe9XQsmO9OV23khV2nY='";

export const embedRoute = new Hono<ApiEnv>();

// people see what a frame is answered: a sentence, not a problem for programs
embedRoute.onError((error, context) => {
  if (!(error instanceof ApiError)) throw error;
  return refusalPage(error, new URL(context.req.url).searchParams.get("theme"));
});

embedRoute.get("/embed/:symbol", async (context) => {
  const url = new URL(context.req.url);
  const asked = context.req.param("symbol");
  refuseUnreadable(url);
  refuseUnknown(url, EMBED_PARAMETERS);
  const { symbol, query } = toEmbedAddress(asked, url.searchParams, configOf(context.env));
  // the page reads its address: one coin, and lists as they are written here
  if (asked !== symbol || query.toString() !== url.searchParams.toString()) {
    const search = query.size === 0 ? "" : `?${query}`;
    return context.body(null, 302, { location: `/embed/${symbol}${search}`, "cache-control": "public, max-age=300" });
  }
  const page = await context.env.ASSETS.fetch(new URL("/embed", url));
  if (!page.ok) return context.notFound();
  const oembed = new URL("/oembed", url);
  oembed.searchParams.set("url", url.href);
  return new Response(page.body, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": embedPolicy(url),
      "cache-control": "public, max-age=300",
      "x-content-type-options": "nosniff",
      "referrer-policy": "strict-origin-when-cross-origin",
      "permissions-policy": "camera=(), microphone=(), geolocation=()",
      link: `<${oembed.href}>; rel="alternate"; type="application/json+oembed"; title="${symbol}"`,
    },
  });
});

/** The origin is written out beside 'self': in a sandboxed frame the page has an origin of its own. */
export function embedPolicy(url: URL): string {
  const here = url.origin;
  const stream = here.replace(/^http/, "ws");
  return [
    "default-src 'none'",
    `script-src 'self' ${here}`,
    `style-src 'self' ${here} ${CHART_STYLE}`,
    `img-src 'self' ${here}`,
    `connect-src 'self' ${here} ${stream}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors *",
  ].join("; ");
}
