// /v1/heatmap/{symbol}.json|.csv|.bin|.parquet|.png: the native answer in another form. The form is asked for in the path
// because caches look at nothing else; every parameter of the native route works here too.
import type { Context, MiddlewareHandler } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { type ApiEnv, configOf } from "../env.ts";
import { heatmapBin } from "../formats/bin.ts";
import { heatmapCsv } from "../formats/csv.ts";
import { heatmapParquet } from "../formats/parquet.ts";
import { pictureStyle, STYLE_PARAMETERS } from "../formats/style.ts";
import { drawHeatmap } from "../picture/heatmap-picture.ts";
import { encodePng } from "../picture/png.ts";
import type { PictureSource } from "../picture/source.ts";
import { gzip } from "../tiles/gzip.ts";
import type { HeatmapAnswer } from "./heatmap.ts";

type Split = Pick<HeatmapAnswer, "deltaSplit" | "deltaSplitReason">;

const ADDRESS = /^\/v1\/heatmap\/([^/]+)\.(json|csv|bin|parquet|png)$/;

/** True for the address of a heatmap in a form. */
export function isForm(path: string): boolean {
  return ADDRESS.test(path);
}

/** Answers the forms, and leaves everything else to the native route, which `native` asks. */
export function heatmapFormats(
  native: (request: Request, context: Context<ApiEnv>) => Response | Promise<Response>,
): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const url = new URL(context.req.url);
    const [, symbol, form] = ADDRESS.exec(url.pathname) ?? [];
    if (symbol === undefined || form === undefined || context.req.method === "OPTIONS") return next();
    if (context.req.method !== "GET" && context.req.method !== "HEAD") {
      throw new ApiError("method-not-allowed", `${context.req.method} is not taken here; use GET`);
    }
    const style = form === "png" ? pictureStyle(url.searchParams) : null;
    if (style !== null) for (const name of STYLE_PARAMETERS) url.searchParams.delete(name);
    url.pathname = `/v1/heatmap/${symbol}`;
    const answer = await native(new Request(url, { headers: context.req.raw.headers }), context);
    if (form === "json" || answer.status !== 200) return answer;
    // the split is for readers of JSON
    const { deltaSplit: _, deltaSplitReason: __, ...map } = (await answer.json()) as Split & PictureSource;
    const respond = (body: string | ArrayBuffer | Uint8Array<ArrayBuffer>, type: string, name?: string) => {
      const headers = new Headers(answer.headers);
      for (const own of ["content-length", "content-encoding", "etag"]) headers.delete(own);
      headers.set("content-type", type);
      headers.set("cross-origin-resource-policy", "cross-origin");
      if (name !== undefined) headers.set("content-disposition", `attachment; filename="${name}"`);
      return new Response(body, { headers });
    };
    const name = `faultline-${map.symbol.toLowerCase()}-${map.range}`;
    switch (form) {
      case "csv":
        return respond(heatmapCsv(map), "text/csv; charset=utf-8", `${name}.csv`);
      case "bin":
        return packed(respond(await gzip(heatmapBin(map)), "application/octet-stream", `${name}.bin`));
      case "parquet":
        return respond(heatmapParquet(map), "application/vnd.apache.parquet", `${name}.parquet`);
      default: {
        const source = { ...map, exchangesRead: configOf(context.env).venues.length };
        const png = await encodePng(drawHeatmap(source, style ?? pictureStyle(url.searchParams)));
        return respond(png as Uint8Array<ArrayBuffer>, "image/png");
      }
    }
  };
}

/** Says of a body that it is gzipped; the middleware of that name gives it out. */
function packed(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("content-encoding", "gzip");
  return new Response(answer.body, { headers, encodeBody: "manual" });
}
