// What the feeds say about themselves: clock, budget, what was refused and what was not believed.
import type { FeedReport } from "../../../durable-objects/feed/feed-report.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { feedName } from "../../../src/shared/settings/deployment.ts";
import { adapterOf } from "../../../src/shared/venue/registry.ts";
import type { ApiConfig } from "../env.ts";
import { share } from "../hub-answers.ts";
import type { FeedFacts } from "../schema/feed-facts.ts";

/** A feed in the middle of a poll answers at once; one that cannot is left out rather than waited for. */
const PATIENCE_MS = 2_000;

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

function factsOf(report: FeedReport): FeedFacts {
  const { venue, breaker, budget, counters, quarantine, skewMs, stream } = report;
  const rejects = Object.entries(counters.rejects).map(([kind, { count, last }]) => [
    kind,
    { count, lastReason: `${last.path} ${last.reason}`, lastSample: last.sample },
  ]);
  return {
    skewMs,
    breaker: breakerFacts(breaker, Date.now()),
    budget: { used: budget.used, limit: budget.weight, windowMs: budget.windowMs, source: budget.source },
    requests: counters.requests,
    deferred: counters.deferred,
    outcomes: counters.outcomes,
    lastReasons: counters.lastReasons,
    rejects: Object.fromEntries(rejects),
    quarantined: quarantine,
    stream: stream === null ? null : streamFacts(venue, stream),
  };
}

function breakerFacts(breaker: FeedReport["breaker"], wallMs: number): NonNullable<FeedFacts>["breaker"] {
  const { state, cause, sinceMs, trips } = breaker;
  if (breaker.state === "closed") return { state, cause, reason: null, sinceMs, untilMs: null, waits: trips };
  const { reason, untilMs } = breaker;
  return { state: wallMs < untilMs ? "open" : "half-open", cause, reason, sinceMs, untilMs, waits: trips };
}

function streamFacts(venue: VenueId, stream: NonNullable<FeedReport["stream"]>): NonNullable<FeedFacts>["stream"] {
  const plan = adapterOf(venue).stream;
  if (plan === null) return null;
  const { state, sinceMs, lastMessageMs, messages, reconnects, lastGap, lastReason } = stream;
  const { heardWithinMs, source } = plan.rules;
  const pingMs = plan.ping?.everyMs ?? null;
  const rules = { pingMs, heardWithinMs, silenceMs: plan.silenceMs, acknowledged: plan.acknowledges, source };
  return { state, sinceMs, reason: lastReason, lastMessageMs, messages, reconnects, lastGap, rules };
}
