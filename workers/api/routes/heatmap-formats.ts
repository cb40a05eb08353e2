// /v1/heatmap/{symbol}.json|.csv|.bin|.parquet|.png: the native answer in another form. The form is asked for in the path
// because caches look at nothing else; every parameter of the native route works here too.
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { type ApiConfig, type ApiEnv, configOf } from "../env.ts";
import { heatmapBin } from "../formats/bin.ts";
import { heatmapCsv } from "../formats/csv.ts";
import { heatmapParquet } from "../formats/parquet.ts";
import { pictureStyle, STYLE_PARAMETERS } from "../formats/style.ts";
import { formTag } from "../http/entity-tag.ts";
import { useInstead } from "../http/methods.ts";
import { problemOf } from "../http/problem.ts";
import { refuseUnknown, servedSymbol } from "../http/query.ts";
import { answerCache } from "../middleware/answer-cache.ts";
import { drawHeatmap } from "../picture/heatmap-picture.ts";
import type { PictureStyle } from "../picture/look.ts";
import { encodePng } from "../picture/png.ts";
import type { PictureSource } from "../picture/source.ts";
import { gzip } from "../tiles/gzip.ts";
import { HEATMAP_PARAMETERS, type HeatmapAnswer, heatmapRoute } from "./heatmap.ts";

type Split = Pick<HeatmapAnswer, "deltaSplit" | "deltaSplitReason">;

const FORMS = ["json", "csv", "bin", "parquet", "png"] as const;
type Form = (typeof FORMS)[number];
const ADDRESS = /^\/v1\/heatmap\/([^/]+)\.([^/.]+)$/;
/** Carries the request's id to the native route, whose problems and log lines bear it. */
const REQUEST_ID = "request-id";

/** The native route alone: what it is asked for was counted and cached as a form already. */
const native = new OpenAPIHono<ApiEnv>();
native.use(async (context, next) => {
  context.set("requestId", context.req.header(REQUEST_ID) ?? "");
  await next();
});
native.use(answerCache);
native.route("/", heatmapRoute);
native.onError((error, context) => problemOf(context, error));

/** Answers the forms, and leaves everything else to the native route. */
export const heatmapFormats: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const url = new URL(context.req.url);
  const [, symbol, named] = ADDRESS.exec(url.pathname) ?? [];
  if (symbol === undefined || named === undefined) return next();
  const form = FORMS.find((one) => one === named);
  if (form === undefined) {
    refuseForm(symbol, named, configOf(context.env));
    return next();
  }
  if (context.req.method !== "GET" && context.req.method !== "HEAD") {
    throw new ApiError("method-not-allowed", useInstead(context.req.method, context.req.path));
  }
  refuseUnknown(url, form === "png" ? [...HEATMAP_PARAMETERS, ...STYLE_PARAMETERS] : HEATMAP_PARAMETERS);
  const style = form === "png" ? pictureStyle(url.searchParams) : null;
  if (style !== null) for (const name of STYLE_PARAMETERS) url.searchParams.delete(name);
  url.pathname = `/v1/heatmap/${symbol}`;
  const request = new Request(url, { headers: { [REQUEST_ID]: context.get("requestId") } });
  const answer = await native.fetch(request, context.env, executionOf(context));
  if (answer.status !== 200) return ownProblem(context, answer);
  const headers = new Headers(answer.headers);
  for (const of of ["content-length", "content-encoding", "server-timing"]) headers.delete(of);
  const tag = headers.get("etag");
  if (tag !== null) headers.set("etag", formTag(tag, [form, ...Object.values(style ?? {}).map(String)]));
  if (form === "json") return new Response(answer.body, { headers });
  // the split is for readers of JSON
  const { deltaSplit: _, deltaSplitReason: __, ...map } = (await answer.json()) as Split & PictureSource;
  return inForm(form, { map, style, headers, exchangesRead: configOf(context.env).venues.length });
};

/** A symbol may end in `.P`; what is another ending of one that is served was meant as a form. */
function refuseForm(symbol: string, named: string, config: ApiConfig): void {
  if (servedSymbol(`${symbol}.${named}`, config) !== null || servedSymbol(symbol, config) === null) return;
  const accepted = FORMS.map((form) => `.${form}`);
  throw new ApiError("not-found", `a heatmap has no form .${named.slice(0, 20)}; there are ${accepted.join(", ")}`, {
    accepted,
  });
}

async function inForm(
  form: Exclude<Form, "json">,
  {
    map,
    style,
    headers,
    exchangesRead,
  }: { map: PictureSource; style: PictureStyle | null; headers: Headers; exchangesRead: number },
): Promise<Response> {
  const respond = (body: string | ArrayBuffer | Uint8Array<ArrayBuffer>, type: string, ending?: string) => {
    headers.set("content-type", type);
    headers.set("cross-origin-resource-policy", "cross-origin");
    const name = `faultline-${map.symbol.toLowerCase()}-${map.range}.${ending}`;
    if (ending !== undefined) headers.set("content-disposition", `attachment; filename="${name}"`);
    return new Response(body, { headers });
  };
  switch (form) {
    case "csv":
      return respond(heatmapCsv(map), "text/csv; charset=utf-8", form);
    case "bin":
      return packed(respond(await gzip(heatmapBin(map)), "application/octet-stream", form));
    case "parquet":
      return respond(heatmapParquet(map), "application/vnd.apache.parquet", form);
    case "png": {
      const png = await encodePng(drawHeatmap({ ...map, exchangesRead }, style ?? pictureStyle(new URLSearchParams())));
      return respond(png as Uint8Array<ArrayBuffer>, "image/png");
    }
  }
}

/** The native route's refusal, as one of the address that was asked. */
async function ownProblem(context: Context<ApiEnv>, answer: Response): Promise<Response> {
  const told = (await answer.json()) as object;
  const body = JSON.stringify({ ...told, instance: context.req.path.slice(0, 200) });
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  return new Response(body, { status: answer.status, headers });
}

/** Tests and scripts call the app without an execution context. */
function executionOf(context: Context<ApiEnv>): Context<ApiEnv>["executionCtx"] | undefined {
  try {
    return context.executionCtx;
  } catch {
    return undefined;
  }
}

/** Says of a body that it is gzipped; the middleware of that name gives it out. */
function packed(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("content-encoding", "gzip");
  return new Response(answer.body, { headers, encodeBody: "manual" });
}
