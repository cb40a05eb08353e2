// What the feeds say about themselves: clock, budget, what was refused and what was not believed.
import { z } from "@hono/zod-openapi";
import type { FeedReport } from "../../../durable-objects/feed/feed-report.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { feedName } from "../../../src/shared/settings/deployment.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import type { ApiConfig } from "../env.ts";
import { share } from "../hub-answers.ts";

/** A feed in the middle of a poll answers at once; one that cannot is left out rather than waited for. */
const PATIENCE_MS = 2_000;

export const feedFactsSchema = z
  .object({
    skewMs: z.number().nullable().openapi({
      description:
        "The exchange's clock minus ours, by the freshest stamp of its latest answers; null before the first.",
    }),
    budget: z
      .object({ used: z.number(), limit: z.number(), windowMs: z.number(), source: z.string() })
      .openapi({ description: "Documented weight, and how much of it the running window has used." }),
    requests: z.number().int(),
    outcomes: z.record(z.string(), z.number().int()),
    rejects: z
      .record(z.string(), z.object({ count: z.number().int(), lastReason: z.string(), lastSample: z.string() }))
      .openapi({ description: "Rows that could not be read, by kind of payload." }),
    quarantined: z
      .object({
        count: z.number().int(),
        last: z
          .object({
            symbol: z.string(),
            kind: z.string(),
            reason: z.string(),
            sample: z.string(),
            at: z.number().int(),
          })
          .nullable(),
      })
      .openapi({ description: "Readable figures that cannot be true: not applied." }),
    streamState: z.string().nullable(),
  })
  .nullable()
  .openapi({ description: "The feed's own figures; null when it cannot be reached right now." });

export type FeedFacts = z.infer<typeof feedFactsSchema>;

/** Asks each exchange's feed once; equal questions within a second share the answer. */
export async function askFeeds(env: Cloudflare.Env, config: ApiConfig): Promise<Map<VenueId, FeedFacts>> {
  const facts = await Promise.all(config.venues.map((id) => askFeed(env, id)));
  return new Map(config.venues.map((id, i) => [id, facts[i] ?? null]));
}

async function askFeed(env: Cloudflare.Env, id: VenueId): Promise<FeedFacts> {
  try {
    return factsOf(await share(`feed|${id}`, () => reportOf(env, id)));
  } catch {
    return null;
  }
}

async function reportOf(env: Cloudflare.Env, id: VenueId): Promise<FeedReport> {
  // whoever calls first creates the object: with its hint, or it would live near the caller for ever
  const feed = env.VENUE_FEED.getByName(feedName(env, id), { locationHint: adapterOf(id).locationHint });
  const late = new Promise<never>((_, reject) => {
    AbortSignal.timeout(PATIENCE_MS).addEventListener("abort", () => reject(new Error("feed does not answer")));
  });
  return await Promise.race([feed.report() as Promise<FeedReport>, late]);
}

function factsOf({ budget, counters, quarantine, skewMs, stream }: FeedReport): FeedFacts {
  const rejects = Object.entries(counters.rejects).map(([kind, { count, last }]) => [
    kind,
    { count, lastReason: `${last.path} ${last.reason}`, lastSample: last.sample },
  ]);
  return {
    skewMs,
    budget: { used: budget.used, limit: budget.weight, windowMs: budget.windowMs, source: budget.source },
    requests: counters.requests,
    outcomes: counters.outcomes,
    rejects: Object.fromEntries(rejects),
    quarantined: quarantine,
    streamState: stream?.state ?? null,
  };
}
