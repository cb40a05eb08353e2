// What an operator watches of the feeds, as metrics; whatever is missing belongs to a feed that does not answer.
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import type { FeedFacts } from "../schema/feed-facts.ts";
import type { Metric } from "./open-metrics.ts";

type Known = NonNullable<FeedFacts>;

export function feedMetrics(feeds: ReadonlyMap<VenueId, FeedFacts>, wallMs: number): Metric[] {
  const known = [...feeds].flatMap(([exchange, facts]) => (facts === null ? [] : [{ exchange, facts }]));
  /** One sample per feed that has the figure. */
  const each = (figureOf: (facts: Known) => number | null): Metric["samples"] =>
    known.flatMap(({ exchange, facts }) => {
      const value = figureOf(facts);
      return value === null ? [] : [{ labels: { exchange }, value }];
    });
  return [
    {
      name: "faultline_feed_reachable",
      type: "gauge",
      help: "Whether the feed of an exchange answered.",
      samples: [...feeds].map(([exchange, facts]) => ({ labels: { exchange }, value: facts === null ? 0 : 1 })),
    },
    {
      name: "faultline_feed_asked_again_seconds",
      type: "gauge",
      help: "How long an exchange is still left alone (ban, limit, block, maintenance); 0 while it is asked.",
      samples: each(({ breaker: { untilMs } }) => (untilMs === null ? 0 : Math.max(0, untilMs - wallMs) / 1_000)),
    },
    {
      name: "faultline_feed_budget_ratio",
      type: "gauge",
      help: "Used weight / documented weight of the running window.",
      samples: each(({ budget }) => budget.used / budget.limit),
    },
    {
      name: "faultline_feed_requests",
      type: "counter",
      help: "Answers since the feed started, by outcome.",
      samples: known.flatMap(({ exchange, facts }) =>
        Object.entries(facts.outcomes).map(([outcome, value]) => ({ labels: { exchange, outcome }, value })),
      ),
    },
    {
      name: "faultline_feed_deferred",
      type: "counter",
      help: "Polls not sent because the budget was spent.",
      samples: each(({ deferred }) => deferred),
    },
    {
      name: "faultline_feed_rejects",
      type: "counter",
      help: "Rows that could not be read, refused subscriptions included.",
      samples: each(({ rejects }) => Object.values(rejects).reduce((sum, { count }) => sum + count, 0)),
    },
    {
      name: "faultline_feed_quarantined",
      type: "counter",
      help: "Figures that cannot be true and were not applied.",
      samples: each(({ quarantined }) => quarantined.count),
    },
    {
      name: "faultline_feed_stream_listening",
      type: "gauge",
      help: "1 while the liquidation stream listens.",
      samples: each(({ stream }) => (stream === null ? null : stream.state === "open" ? 1 : 0)),
    },
    {
      name: "faultline_feed_stream_reconnects",
      type: "counter",
      help: "Stream connections given up.",
      samples: each(({ stream }) => stream?.reconnects ?? null),
    },
  ];
}
