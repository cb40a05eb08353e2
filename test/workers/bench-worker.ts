// What `npm run bench -- api` runs in workerd: the Worker itself, a hub to fill, and a bare handler to compare with.
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";
import worker from "../../workers/index.ts";
import { closedMinute, DAY0, historyAnswer } from "../support/batches.ts";
import { storageDay } from "./bench-storage.ts";

export * from "../../workers/index.ts";

const VENUES = ["binance", "bybit", "okx", "hyperliquid"] as const;

let bare: { body: ArrayBuffer; contentType: string } | null = null;

/** `/bench/storage`: a day of a symbol in D1, measured. `/bench/fill?minutes=`: history of four exchanges; `/bench/keep?path=`: an answer's bytes for `/bench/bare`. */
export default {
  async fetch(request, env, context) {
    const url = new URL(request.url);
    if (url.pathname === "/bench/bare") {
      return new Response(bare?.body ?? null, { headers: { "content-type": bare?.contentType ?? "text/plain" } });
    }
    if (url.pathname === "/bench/fill") {
      await fill(env, DAY0 + Number(url.searchParams.get("minutes")) * MINUTE_MS);
      return new Response("filled");
    }
    if (url.pathname === "/bench/storage") return Response.json(await storageDay(env.DB));
    if (url.pathname === "/bench/keep") {
      const answer = await worker.fetch(
        new Request(new URL(url.searchParams.get("path") ?? "/", url), request),
        env,
        context,
      );
      bare = { body: await answer.arrayBuffer(), contentType: answer.headers.get("content-type") ?? "" };
      return new Response(String(bare.body.byteLength), { status: answer.status });
    }
    return worker.fetch(request, env, context);
  },
} satisfies ExportedHandler<Cloudflare.Env>;

async function fill(env: Cloudflare.Env, endMs: EpochMs): Promise<void> {
  const hub = env.SYMBOL_HUB.getByName("BTC");
  for (const venue of VENUES) {
    const sent = closedMinute(venue, endMs - MINUTE_MS);
    const { needs } = await hub.ingest(sent);
    if (needs !== null) await hub.ingest(historyAnswer(venue, sent.sentAt, needs));
  }
  // a hub that writes to D1 answers late
  while ((await hub.report()).waitingForD1 > 0) await scheduler.wait(200);
}
