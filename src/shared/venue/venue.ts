// What a venue adapter is: pure functions from requests to addresses and from payloads to observations.
// Sending, timing, back-off and sockets belong to the feed (durable-objects/feed).
import type { AccountPosition, Instrument, Observation, Reject, RiskBracket } from "../market/observation.ts";
import type { SymbolId, VenueId } from "../market/symbol.ts";
import type { EpochMs } from "../time/clock.ts";

/** Kinds of payload, named like the recorded fixtures. */
export const PAYLOAD_KINDS = [
  "open-interest",
  "open-interest-history",
  "open-interest-volume-by-coin",
  "contract-stats",
  "tickers",
  "tickers-stream",
  "ticker-stream",
  "premium-index",
  "mark-price",
  "index-tickers",
  "meta-and-asset-contexts",
  "asset-contexts-stream",
  "markets-info",
  "funding-rate",
  "funding-info",
  "funding-history",
  "klines",
  "order-book",
  "taker-volume",
  "trades",
  "liquidation-orders",
  "liquidation-stream",
  "mark-price-stream",
  "trades-stream",
  "leverage-tiers",
  "instruments",
  "all-perp-metas",
  "tokens",
  "clearinghouse-state",
  "user-fills",
  "stream-subscribe-ack",
] as const;
export type PayloadKind = (typeof PAYLOAD_KINDS)[number];

export interface ParseContext {
  /** Our receive time: parsers read no clock. */
  receivedAt: EpochMs;
  /** The exchange's clock minus ours, ms, where it has been measured. */
  skewMs?: number | null;
  /** For payloads that do not name their symbol (Binance klines): the venue's symbol, or null. */
  venueSymbol: string | null;
  /** Known contracts by venue symbol; a row of an unknown contract is a reject only when the request named it. */
  instruments: ReadonlyMap<string, Instrument>;
}

export interface ParseResult {
  observations: Observation[];
  instruments: Instrument[];
  brackets: RiskBracket[];
  rejects: Reject[];
  /** Only of payloads about one account. */
  positions?: AccountPosition[];
  /** What the payload is, where that is not market data or not of one contract alone. */
  about?: string;
}

export interface VenueRequest {
  kind: PayloadKind;
  method: "GET" | "POST";
  /** Path and query below the venue's base address. */
  path: string;
  /** Another official host of the venue that `path` is below, unless the operator set an address of his own. */
  host?: string;
  /** JSON body of a POST, or null. */
  body: string | null;
  /** The venue's symbol when the answer concerns one symbol only, else null. */
  venueSymbol: string | null;
  /** Weight against the venue's documented limit. */
  weight: number;
}

export interface RequestArgs {
  /** Null for a request that covers all symbols at once. */
  venueSymbol: string | null;
  /** Inclusive start and exclusive end of a history window; absent for "now". */
  fromMs?: EpochMs;
  toMs?: EpochMs;
  /** Rows wanted, at most the venue's maximum. */
  limit?: number;
  /** Market time now: lets a venue that serves recent and old rows at two addresses choose, or bound "the latest rows". */
  nowMs?: EpochMs;
}

/** One line of a venue's polling plan. */
export interface PlanEntry {
  kind: PayloadKind;
  /** `venue`: one request for all symbols; `symbol`: one request each. */
  scope: "venue" | "symbol";
  /** `poll`: at every poll; `minute`: once after each minute ends; `hour`: once an hour. */
  cadence: "poll" | "minute" | "hour";
  /** Asked for the busiest symbols alone: the budget does not bear it for all. */
  only?: "busy";
}

/** One source of history. */
export interface HistorySource {
  kind: PayloadKind;
  /** Interval of its rows. */
  stepMs: number;
  /** Rows a request may ask for. */
  maxRows: number;
  /** How far back the venue serves it from now, or null for "to the listing". */
  reachMs: number | null;
}

/** What an answer means for the venue's state. */
export type Verdict =
  | { type: "ok" }
  /** Refused for this place or address: stop, probe hourly. */
  | { type: "blocked"; reason: string }
  | { type: "rate-limited"; reason: string; retryAfterMs: number | null }
  /** Banned until a stated time, or for `forMs` from the answer on where none is stated or the stated one is over. */
  | { type: "banned"; reason: string; untilMs: EpochMs | null; forMs?: number }
  | { type: "maintenance"; reason: string; retryAfterMs: number | null }
  /** This symbol is unknown or delisted there: drop it, keep the venue. */
  | { type: "bad-symbol"; reason: string }
  /** Not what was asked for: keep the last good value with its age. */
  | { type: "malformed"; reason: string };

export interface Answer {
  status: number;
  contentType: string;
  /** `Retry-After` in ms, above 0; or null. */
  retryAfterMs: number | null;
  text: string;
}

/** So many in so long. */
export interface Allowance {
  count: number;
  windowMs: number;
}

/** What the venue documents about its streams; null is "not documented". */
export interface StreamRules {
  /** The client must send something, usually its ping, at least this often; null where the server pings and the socket answers. */
  heardWithinMs: number | null;
  /** Messages of the client on one connection. */
  messages: Allowance | null;
  /** New connections of one address. */
  connections: Allowance | null;
  /** Topics on one connection. */
  topics: number | null;
  source: string;
}

/** What a venue answers to a subscription. */
export type SubscriptionAnswer = { accepted: true } | { accepted: false; reason: string };

/** The venue's liquidation stream. */
export interface StreamPlan {
  rules: StreamRules;
  /** Path below the stream base address. */
  path(venueSymbols: readonly string[]): string;
  /** Text messages to send after opening. */
  subscribe(venueSymbols: readonly string[]): string[];
  /** Text message that keeps the connection alive and its period; null when the server pings. */
  ping: { message: string; everyMs: number } | null;
  /** Longest silence before the connection counts as dead. */
  silenceMs: number;
  /** Whether each message of `subscribe` is answered; elsewhere the first message shows that the stream runs. */
  acknowledges: boolean;
  /** What a text message answers to a subscription; null when it answers none. An error at any time is a refusal. */
  answerOf(payload: unknown): SubscriptionAnswer | null;
  /** Which payload kind a text message is, or null for acknowledgements and pongs. */
  kindOf(payload: unknown): PayloadKind | null;
}

export interface VenueAdapter {
  id: VenueId;
  /** As people write it. */
  name: string;
  restBase: string;
  streamBase: string | null;
  /** Durable Object location hint near the exchange. */
  locationHint: "wnam" | "enam" | "sam" | "weur" | "eeur" | "apac" | "oc" | "afr" | "me";
  /** The documented request budget: weight per window. */
  budget: { weight: number; windowMs: number; source: string };
  /**
   * Observations of a poll whose stamp is the exchange's own time when it answered: they measure its clock. What we stamp
   * ourselves does not.
   */
  tellsTime: readonly Observation["kind"][];
  /** What a poll asks for. */
  plan: readonly PlanEntry[];
  history: { candles: HistorySource; openInterest: HistorySource | null };
  /** What the exchange does not offer publicly, for `/v1/exchanges`. */
  lacks: readonly { what: string; note: string }[];
  stream: StreamPlan | null;
  /** The venue's symbol for a coin before any instrument list is known: `BTC` → `BTCUSDT`. */
  defaultVenueSymbol(symbol: SymbolId): string;
  /** The instrument assumed until the list is fetched: well-known contract values only, else null. */
  defaultInstrument(symbol: SymbolId): Instrument | null;
  /** Builds a request; a kind the venue does not have is a bug. */
  request(kind: PayloadKind, args: RequestArgs): VenueRequest;
  /** Judges an answer before its body is parsed. */
  judge(answer: Answer): Verdict;
  /** Total: never throws; what cannot be used becomes a reject. */
  parse(kind: PayloadKind, payload: unknown, context: ParseContext): ParseResult;
  /** Payload kinds `parse` understands. */
  parses: readonly PayloadKind[];
}
