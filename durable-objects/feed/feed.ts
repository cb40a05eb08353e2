// The core of a venue's feed: what to ask now, what the answers mean, what each hub is told. It knows no platform:
// sending, sockets, clocks and chance are handed in.
import type { TimeRange } from "../../src/shared/market/batch.ts";
import type { SymbolId } from "../../src/shared/market/symbol.ts";
import type { Clock, EpochMs } from "../../src/shared/time/clock.ts";
import type { PayloadKind, VenueAdapter } from "../../src/shared/venue/venue.ts";
import { type Breaker, newBreaker } from "./circuit-breaker.ts";
import { type CounterReport, countBug, countRejects, newCounters } from "./counters.ts";
import type { Send } from "./exchange-http.ts";
import { type FeedReport, reportSymbol } from "./feed-report.ts";
import { HistoryFill } from "./history-fill.ts";
import { type Deliver, HubLink } from "./hub-link.ts";
import { InstrumentBook } from "./instrument-book.ts";
import { Intake } from "./intake.ts";
import { LiquidationFilter } from "./liquidation-filter.ts";
import { Listings } from "./listings.ts";
import { type Pace, pollSlot } from "./pace.ts";
import { type PlannedRequest, planRequests } from "./poll-plan.ts";
import { ProgressTable } from "./progress-table.ts";
import { RequestBudget } from "./request-budget.ts";
import { Requester } from "./requester.ts";
import { Stream, type StreamSocket } from "./stream.ts";
import { isWorthSending, judgeSymbol, nextStatus } from "./symbol-status.ts";
import { SymbolTrack } from "./symbol-track.ts";

/** What must survive a restart: a ban would otherwise be forgotten, a liquidation counted twice. */
export interface FeedMemory {
  breaker: Breaker;
  newestLiquidationMs: Record<SymbolId, EpochMs>;
}

export interface FeedOptions {
  name: string;
  adapter: VenueAdapter;
  symbols: readonly SymbolId[];
  pace: Pace;
  speed: number;
  market: Clock;
  wall: () => EpochMs;
  random: () => number;
  pause: (ms: number) => Promise<void>;
  send: Send;
  deliver: Deliver;
  /** Null where no stream is wanted. */
  stream: { base: string; open: (url: string) => StreamSocket } | null;
  memory: FeedMemory | null;
  /** Wall time between two probes of a venue that refuses this place; absent: an hour. */
  blockedProbeMs?: number;
}

/** Work on history per tick: the rest of the 5 s belongs to live polls. */
const HISTORY_WORK_MS = 4_000;
const HISTORY_SHARE_OF_STEP = 0.8;
/** A reconnect takes seconds; only a stream that stays away makes a symbol degraded. */
const STREAM_DOWN_AFTER_MS = 30_000;

export class Feed {
  readonly #options: FeedOptions;
  readonly #tracks: SymbolTrack[];
  readonly #counters: CounterReport = newCounters();
  readonly #instruments: InstrumentBook;
  readonly #budget: RequestBudget;
  readonly #requester: Requester;
  readonly #progress: ProgressTable;
  readonly #intake: Intake;
  readonly #listings: Listings;
  readonly #hubs: HubLink;
  readonly #history: HistoryFill;
  readonly #stream: Stream | null;
  readonly #startedAt: EpochMs;

  constructor(options: FeedOptions) {
    const { adapter, symbols, memory, market, wall, speed, random, send, blockedProbeMs } = options;
    this.#options = options;
    this.#startedAt = market.now();
    const { tellsTime } = adapter;
    this.#tracks = symbols.map(
      (symbol, index) => new SymbolTrack(symbol, index, adapter.defaultVenueSymbol(symbol), tellsTime),
    );
    this.#instruments = new InstrumentBook(adapter, symbols);
    this.#budget = new RequestBudget(adapter.budget.weight, adapter.budget.windowMs / speed);
    const counters = this.#counters;
    const instruments = this.#instruments;
    const budget = this.#budget;
    this.#requester = new Requester(
      {
        adapter,
        send,
        budget,
        instruments,
        counters,
        market,
        wall,
        speed,
        random,
        blockedProbeMs,
        skewMs: () => this.#skewMs(),
      },
      memory?.breaker ?? newBreaker(wall()),
    );
    this.#progress = new ProgressTable(random);
    const filter = new LiquidationFilter(new Map(Object.entries(memory?.newestLiquidationMs ?? {})));
    this.#intake = new Intake(this.#tracks, filter, counters);
    this.#hubs = new HubLink(adapter.id, options.deliver, market, counters, () => this.#listening());
    const requester = this.#requester;
    this.#listings = new Listings({ adapter, requester, instruments, tracks: this.#tracks, market, wall });
    const { pause } = options;
    this.#history = new HistoryFill({
      adapter,
      requester,
      hubs: this.#hubs,
      counters,
      market,
      wall,
      random,
      budget,
      quarantine: this.#intake.quarantine,
      pause,
    });
    this.#stream = this.#newStream();
    for (const track of this.#tracks) {
      track.newestLiquidationMs = memory?.newestLiquidationMs[track.symbol] ?? null;
    }
  }

  /** One tick. Never rejects: an error of our own is counted, and the next tick starts afresh. */
  async tick(): Promise<void> {
    try {
      await this.#work();
    } catch (error) {
      countBug(this.#counters, error);
    }
  }

  /** True while some hub waits for history: a tape that has ended is still worth reading. */
  get wantsHistory(): boolean {
    return this.#tracks.some(({ needs, off }) => needs !== null && off === null);
  }

  memory(): FeedMemory {
    const newestLiquidationMs: Record<SymbolId, EpochMs> = {};
    for (const track of this.#tracks) {
      if (track.newestLiquidationMs !== null) newestLiquidationMs[track.symbol] = track.newestLiquidationMs;
    }
    return { breaker: this.#requester.breaker, newestLiquidationMs };
  }

  report(): Omit<FeedReport, "colo"> {
    const { adapter, name, market, wall, speed } = this.#options;
    const { weight, windowMs, source } = adapter.budget;
    const overtaken = this.#tracks.reduce((sum, { outbox }) => sum + outbox.overtaken, 0);
    const lost = this.#tracks.reduce((sum, { outbox }) => sum + outbox.lost, 0);
    return {
      venue: adapter.id,
      name,
      at: market.now(),
      startedAt: this.#startedAt,
      symbols: this.#tracks.map(reportSymbol),
      skewMs: this.#skewMs(),
      breaker: this.#requester.breaker,
      budget: { used: this.#budget.used(wall()), weight, windowMs: windowMs / speed, source },
      counters: structuredClone({ ...this.#counters, overtaken, lost }),
      quarantine: this.#intake.quarantine.report(),
      stream: this.#stream?.report() ?? null,
      instrumentsAt: this.#instruments.listedAt,
    };
  }

  /** A stamp may be older than the answer, never younger: the freshest is nearest to the exchange's clock. */
  #skewMs(): number | null {
    const skews = this.#tracks.flatMap(({ skewMs }) => skewMs ?? []);
    return skews.length === 0 ? null : Math.max(...skews);
  }

  async #work(): Promise<void> {
    const { pace, wall } = this.#options;
    const startedAt = wall();
    const due = this.#tracks.filter((track) => pollSlot(pace, track.index, startedAt) !== track.pollSlot);
    for (const track of due) track.pollSlot = pollSlot(pace, track.index, startedAt);
    // only the first list is worth waiting for: without it sizes of unknown contracts cannot be read
    if (this.#instruments.isFirst) await this.#listings.refresh();
    this.#tendStream();
    await this.#poll(due);
    await this.#listings.refresh();
    if (this.#requester.phase !== "closed") return;
    const workMs = Math.min(HISTORY_WORK_MS, pace.stepMs * HISTORY_SHARE_OF_STEP);
    await this.#history.run(this.#tracks, startedAt + workMs);
  }

  /** Asks for everything due; each symbol's batch leaves as soon as its own answers and the common ones are in. */
  async #poll(due: readonly SymbolTrack[]): Promise<void> {
    const { adapter, market, pace, wall } = this.#options;
    const askable = due.filter(({ off }) => off === null);
    const planned = planRequests(
      adapter,
      askable.map((track) => toPlanned(track, track.index < pace.busySymbols)),
      this.#progress.of,
      {
        market: market.now(),
        wall: wall(),
      },
    );
    // half-open: the first request decides, the others are held back by the requester
    const running = planned.map((request) => ({ symbol: request.symbol, done: this.#run(request, due) }));
    const sends = due.map(async (track) => {
      await Promise.allSettled(
        running.filter(({ symbol }) => symbol === null || symbol === track.symbol).map(({ done }) => done),
      );
      await this.#tell(track);
    });
    await Promise.all(sends);
    await Promise.all(running.map(({ done }) => done));
  }

  async #run(request: PlannedRequest, due: readonly SymbolTrack[]): Promise<void> {
    const asked = await this.#requester.ask(request.entry.kind, request.args, "live");
    this.#progress.record(request, asked, this.#options.wall());
    if (asked.type === "bad-symbol" && request.symbol !== null) this.#listings.refuse(request.symbol, asked.reason);
    if (asked.type !== "ok") return;
    this.#instruments.merge(asked.parsed.instruments);
    const { kind, cadence } = request.entry;
    for (const track of this.#tracks) {
      if (request.symbol === null || request.symbol === track.symbol) track.needed.refuse(kind, asked.parsed.rejects);
    }
    this.#intake.take(asked.parsed.observations, cadence === "poll" ? due : this.#tracks, kind);
  }

  async #tell(track: SymbolTrack): Promise<void> {
    const { adapter, market, pace, speed } = this.#options;
    const now = market.now();
    const everyTicks = track.index < pace.busySymbols ? 1 : pace.tailEvery;
    const pollMs = pace.stepMs * everyTicks * speed;
    const { quarantine } = this.#intake;
    const failing = this.#progress.failing(adapter.plan, track.symbol);
    const facts = {
      off: track.off,
      breaker: this.#requester.breaker,
      newsAt: track.newsAt,
      pollMs,
      unheard: track.needed.unheard(adapter.plan, now, {
        sinceMs: track.firstNewsAt,
        pollMs,
        heldBack: (kind, after) => quarantine.heldBack(track.symbol, kind, after),
        failing,
      }),
      unread: track.needed.unread(),
      failing,
      streamDown: this.#stream?.down(STREAM_DOWN_AFTER_MS) ?? null,
    };
    track.status = nextStatus(track.status, judgeSymbol(facts, now), now);
    if (track.outbox.size > 0 || isWorthSending(track.status, track.acknowledged, now)) {
      await this.#hubs.sendWaiting(track);
    }
  }

  #newStream(): Stream | null {
    const { adapter, stream, wall, random, market, pace } = this.#options;
    if (adapter.stream === null || stream === null) return null;
    const onPayload = (kind: PayloadKind, payload: unknown) => {
      const venueSymbol = null;
      const instruments = this.#instruments.byVenueSymbol;
      const parsed = adapter.parse(kind, payload, { receivedAt: market.now(), venueSymbol, instruments });
      countRejects(this.#counters, parsed.rejects);
      this.#intake.takeLiquidations(parsed.observations);
    };
    const onBug = (error: unknown) => countBug(this.#counters, error);
    const tickMs = pace.stepMs;
    return new Stream({ plan: adapter.stream, ...stream, wall, random, tickMs, onPayload, onBug });
  }

  /** When the liquidation stream was heard, in market time; undefined without one. */
  #listening(): TimeRange | null | undefined {
    if (this.#stream === null) return undefined;
    const heard = this.#stream.heard();
    if (heard === null) return null;
    const { market, wall, speed } = this.#options;
    const toMarket = (at: EpochMs) => Math.round(market.now() - (wall() - at) * speed);
    return { fromMs: toMarket(heard.fromMs), toMs: toMarket(heard.toMs) };
  }

  #tendStream(): void {
    const { breaker } = this.#requester;
    const isBlocked = breaker.state === "open" && breaker.cause === "blocked";
    const venueSymbols = this.#tracks.filter(({ off }) => off === null).map(({ venueSymbol }) => venueSymbol);
    this.#stream?.tend(venueSymbols, !isBlocked);
  }
}

function toPlanned({ symbol, venueSymbol, nextMinuteMs, newestClosedMs, needs }: SymbolTrack, busy: boolean) {
  return { symbol, venueSymbol, nextMinuteMs, newestClosedMs, needsHistory: needs !== null, busy };
}
