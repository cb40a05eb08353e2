// What /v1/exchanges says about an exchange's feed. Times are of the wall clock; counts begin with the feed's object.
import { z } from "@hono/zod-openapi";

const count = z.number().int();
const instant = (description: string) => count.openapi({ description: `${description}, ms UTC.` });

const breakerSchema = z
  .object({
    state: z.enum(["closed", "open", "half-open"]),
    cause: z
      .enum(["blocked", "rate-limited", "banned", "maintenance", "failing"])
      .nullable()
      .openapi({ description: "Of the present or the latest wait." }),
    reason: z.string().nullable().openapi({ description: "What the exchange said; null while it is asked freely." }),
    sinceMs: instant("When this state began"),
    untilMs: instant("When the exchange is asked again; null while it is asked freely").nullable(),
    waits: count.openapi({ description: "Waits in a row for this cause: they grow." }),
  })
  .openapi({
    description:
      "Whether the exchange is asked: `closed` freely, `open` not at all until `untilMs`, `half-open` by one request that decides.",
    example: {
      ...{ state: "open", cause: "banned", reason: "HTTP 418: IP banned until 1768092720000", sinceMs: 1768092600000 },
      ...{ untilMs: 1768092721000, waits: 1 },
    },
  });

const streamSchema = z
  .object({
    state: z.enum(["idle", "connecting", "subscribing", "open", "waiting"]).openapi({
      description: "`open`: liquidations are listened to; `waiting`: for the next try to connect.",
    }),
    sinceMs: instant("When this state began"),
    reason: z.string().nullable().openapi({
      description: "Why the latest connection was given up; null while none was.",
      example: "silent for more than 50000 ms",
    }),
    lastMessageMs: instant("When anything was heard last").nullable(),
    messages: count,
    reconnects: count.openapi({ description: "Connections given up; what was missed meanwhile stays missing." }),
    lastGap: z
      .object({ fromMs: instant("Last message before"), toMs: instant("Listening again") })
      .nullable()
      .openapi({ description: "The latest time without listening." }),
    rules: z
      .object({
        pingMs: count
          .nullable()
          .openapi({ description: "We ping at least this often; null where the exchange pings." }),
        heardWithinMs: count
          .nullable()
          .openapi({ description: "The exchange wants to hear us this often, if it says." }),
        silenceMs: count.openapi({ description: "A connection silent for longer is given up." }),
        acknowledged: z.boolean().openapi({
          description: "True where listening begins with the exchange's answer to the subscription.",
        }),
        source: z.string(),
      })
      .openapi({ description: "What is kept of the exchange's documented rules for streams." }),
  })
  .nullable()
  .openapi({ description: "The liquidation stream; null where there is none, or the operator wants none." });

export const feedFactsSchema = z
  .object({
    skewMs: z.number().nullable().openapi({
      description:
        "The exchange's clock minus ours, by the freshest stamp of its latest answers; null where no answer tells its clock.",
    }),
    breaker: breakerSchema,
    budget: z
      .object({ used: z.number(), limit: z.number(), windowMs: z.number(), source: z.string() })
      .openapi({ description: "Documented weight, and how much of it the running window has used." }),
    requests: count,
    deferred: count.openapi({ description: "Polls that were not sent because the budget was spent." }),
    outcomes: z.record(z.string(), count),
    lastReasons: z
      .record(z.string(), z.string())
      .openapi({ description: "The latest refusal of each outcome, in the exchange's words." }),
    rejects: z
      .record(z.string(), z.object({ count, lastReason: z.string(), lastSample: z.string() }))
      .openapi({ description: "Rows that could not be read, by kind of payload; refused subscriptions too." }),
    quarantined: z
      .object({
        count,
        last: z
          .object({ symbol: z.string(), kind: z.string(), reason: z.string(), sample: z.string(), at: count })
          .nullable(),
      })
      .openapi({ description: "Readable figures that cannot be true: not applied." }),
    stream: streamSchema,
  })
  .nullable()
  .openapi({ description: "The feed's own figures; null when it cannot be reached right now." });

export type FeedFacts = z.infer<typeof feedFactsSchema>;
