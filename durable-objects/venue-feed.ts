// The object of one venue, placed near it: wires storage, alarm, sockets and clock to the core in feed/feed.ts.
import { DurableObject } from "cloudflare:workers";
import { SettingError } from "../src/shared/error/setting-error.ts";
import type { ExchangeRate } from "../src/shared/market/currency.ts";
import {
  euroRateBase,
  feedName,
  parseSettings,
  venueBases,
  venueOfFeedName,
} from "../src/shared/settings/deployment.ts";
import { hasEnded, marketClock, parseClockLine } from "../src/shared/settings/market-clock.ts";
import { MINUTE_MS } from "../src/shared/time/clock.ts";
import { adapterOf } from "../src/shared/venue/registry.ts";
import { reasonOf } from "./actor/time-limit.ts";
import { fetchColo } from "./feed/colo.ts";
import { fetchEuroRate } from "./feed/euro-rate.ts";
import { exchangeHttp } from "./feed/exchange-http.ts";
import { Feed } from "./feed/feed.ts";
import type { FeedReport } from "./feed/feed-report.ts";
import { FeedStore } from "./feed/feed-store.ts";
import { nextTickAt, paceOf } from "./feed/pace.ts";

/** With variables that cannot be read there is nothing to do but look again after the next deployment. */
const MISCONFIGURED_MS = MINUTE_MS;

const wall = () => Date.now();

export class VenueFeed extends DurableObject<Cloudflare.Env> {
  readonly #store: FeedStore;
  #running: { name: string; feed: Feed } | null = null;
  #colo: string | null = null;
  #coloAsked = false;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#store = new FeedStore(ctx.storage.sql);
  }

  /** Starts the feed unless it runs already: the watchdog calls this every minute. */
  async ensureRunning(): Promise<FeedReport> {
    const saved = this.#store.load();
    const name = saved?.name ?? this.ctx.id.name;
    if (name === undefined) throw new Error("feed has no name: expected an object reached by a name like binance#1");
    if (saved === null) this.#store.save({ name, base: this.#base(name), memory: null });
    const { feed } = this.#start(name);
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(wall());
    return this.#report(feed);
  }

  /** Reports without starting anything that was not running. */
  async report(): Promise<FeedReport> {
    const name = this.#store.load()?.name ?? this.ctx.id.name ?? "";
    return this.#report(this.#start(name).feed);
  }

  /** The euro's rate now. A feed asks because it is placed where exchanges answer; the cron stores it. */
  async euroRate(): Promise<ExchangeRate | { error: string }> {
    const send = exchangeHttp({ base: euroRateBase(this.env), fetch: (url, init) => fetch(url, init), wall });
    return fetchEuroRate(send);
  }

  override async alarm(): Promise<void> {
    try {
      await this.#tick();
    } catch (error) {
      // an alarm that throws is retried with growing delay, which is not our grid
      // a variable that is wrong is the cron's to tell, once for all feeds
      if (!(error instanceof SettingError)) {
        console.error(`feed ${this.#running?.name ?? "unnamed"}: ${reasonOf(error)}`);
      }
      await this.ctx.storage.setAlarm(wall() + MISCONFIGURED_MS);
    }
  }

  async #tick(): Promise<void> {
    const name = this.#store.load()?.name;
    if (name === undefined || !this.#isWanted(name)) return;
    const { feed } = this.#start(name);
    const line = parseClockLine(this.env);
    const isOver = hasEnded(line, wall()) && !feed.wantsHistory;
    // first the next alarm, then the work: whatever happens now, the feed goes on
    await this.ctx.storage.setAlarm(nextTickAt(paceOf(parseSettings(this.env), line.speed), wall(), isOver));
    await feed.tick();
    this.#store.save({ name, base: this.#base(name), memory: feed.memory() });
    await this.#learnColo();
  }

  /** A venue taken out of the configuration, or replaced by a newer generation, falls silent. */
  #isWanted(name: string): boolean {
    const venue = venueOfFeedName(name);
    return venue !== null && parseSettings(this.env).venues.includes(venue) && feedName(this.env, venue) === name;
  }

  #base(name: string): string {
    const venue = venueOfFeedName(name);
    return venue === null ? "" : venueBases(this.env, adapterOf(venue)).rest;
  }

  #start(name: string): { feed: Feed } {
    this.#running ??= { name, feed: this.#newFeed(name) };
    return this.#running;
  }

  #newFeed(name: string): Feed {
    const venue = venueOfFeedName(name);
    if (venue === null) throw new Error(`feed name was "${name}", expected one like binance#1`);
    const adapter = adapterOf(venue);
    const settings = parseSettings(this.env);
    const { speed } = parseClockLine(this.env);
    const bases = venueBases(this.env, adapter);
    const saved = this.#store.load();
    return new Feed({
      name,
      adapter,
      symbols: settings.symbols,
      pace: paceOf(settings, speed),
      speed,
      market: marketClock(this.env, wall),
      wall,
      random: () => Math.random(),
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      send: exchangeHttp({
        base: bases.rest,
        isVenuesOwn: bases.rest === adapter.restBase,
        fetch: (url, init) => fetch(url, init),
        wall,
      }),
      deliver: (batch) => this.env.SYMBOL_HUB.getByName(batch.symbol).ingest(batch),
      stream: bases.stream === null ? null : { base: bases.stream, open: (url) => new WebSocket(url) },
      memory: saved?.base === bases.rest ? saved.memory : null,
      blockedProbeMs: settings.blockedProbeMs,
    });
  }

  #report(feed: Feed): FeedReport {
    return { ...feed.report(), colo: this.#colo };
  }

  async #learnColo(): Promise<void> {
    if (this.#coloAsked || parseSettings(this.env).dataSource !== "live") return;
    this.#coloAsked = true;
    this.#colo = await fetchColo((url, init) => fetch(url, init));
  }
}
