// One object per symbol: journals what the feeds observed, steps the models, sends frames, hands history to D1 and KV.
import { DurableObject } from "cloudflare:workers";
import { assertDefined } from "../src/shared/error/assert.ts";
import type { IngestReply, ObservationBatch } from "../src/shared/market/batch.ts";
import { DELTA_MS, type MapFilter } from "../src/shared/market/filter.ts";
import { parseFilter } from "../src/shared/market/filter-key.ts";
import { modelVersion } from "../src/shared/model/state.ts";
import { type GapMessage, PROTOCOL_VERSION, type ResyncMessage } from "../src/shared/protocol/messages.ts";
import { parseSettings } from "../src/shared/settings/deployment.ts";
import { marketClock } from "../src/shared/settings/market-clock.ts";
import { intervalStart, MINUTE_MS } from "../src/shared/time/clock.ts";
import {
  type HistoryQuery,
  type HubHistory,
  type HubLive,
  hubHistory,
  mapLevels,
  type SplitMap,
  standingMap,
} from "./hub/answers.ts";
import { comparedNow } from "./hub/comparable.ts";
import { type HubContext, hubContext } from "./hub/context-answer.ts";
import { coverageAt } from "./hub/coverage.ts";
import { DayVolume } from "./hub/day-volume.ts";
import { type FlowsQuery, flowColumns, type HubFlows } from "./hub/flow-columns.ts";
import { frameBody } from "./hub/frame-body.ts";
import { deltaMessage, type FrameContext, openCandle, openColumnStart, snapshotMessage } from "./hub/frames.ts";
import type { GapOpened } from "./hub/gap.ts";
import { HotColumns } from "./hub/hot.ts";
import { STALE_BOOK_MS } from "./hub/hub-state.ts";
import { JournaledHub } from "./hub/journal.ts";
import { filteredLevels, idsOf, type Levels, type LiveVenue, LiveView, priceUnder } from "./hub/live-view.ts";
import { mapChange } from "./hub/map-change.ts";
import { flushOutbox, flushTiles } from "./hub/publish.ts";
import { type HubReport, hubReport } from "./hub/report.ts";
import { type HubSettings, minutePatienceMs, paramsOf, parseHubSettings } from "./hub/settings.ts";
import { SqliteHubStore } from "./hub/sqlite-hub-store.ts";
import { storeSink } from "./hub/store-sink.ts";
import { changeSince } from "./hub/stored-levels.ts";
import { Subscriptions } from "./hub/subscriptions.ts";
import { CROSS_KEEP_MS } from "./hub/write-columns.ts";
import type { Frame } from "./relay/relay.ts";
import { parseSubscriptionKey } from "./relay/subscription.ts";

/** Wall time between a batch and the writing of what it left; many batches share one write. */
const FLUSH_DELAY_MS = 1_000;
/** Wall time between writes of tiles that are still open: D1 then holds all but the last quarter of an hour. */
const OPEN_TILES_MS = 15 * MINUTE_MS;
/** After D1 failed. */
const RETRY_MS = 5_000;

export class SymbolHub extends DurableObject<Cloudflare.Env> {
  readonly #store: SqliteHubStore;
  readonly #settings: HubSettings | null;
  readonly #live = new LiveView();
  readonly #dayVolume = new DayVolume();
  readonly #subscriptions: Subscriptions;
  #hub: JournaledHub | null = null;
  #alarmSet = false;
  /** Columns were written after the fact, and the clients have not been told. */
  #backfilled = false;
  #openTilesAt = 0;
  #openTilesTo = 0;
  readonly #hot = new HotColumns();

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#store = new SqliteHubStore(ctx.storage);
    this.#subscriptions = new Subscriptions(this.#store);
    this.#settings = this.#readSettings(ctx.id.name ?? this.#store.value("symbol"));
    if (this.#store.outbox(1).length > 0) this.#scheduleFlush();
  }

  /** Takes a feed's batch: on disk and in the model when this returns. */
  ingest(batch: ObservationBatch): IngestReply {
    const hub = this.#open();
    try {
      const applied = hub.ingest(batch, storeSink(this.#store));
      if (applied.closedMinutes > 0) this.#scheduleFlush();
      // who connects later reads a history that has them
      if ((applied.backfilled || applied.replayed) && this.#subscriptions.keys.length > 0) this.#backfilled = true;
      for (const gap of applied.gaps) this.#tellGap(gap);
      if (applied.frameDue && this.#subscriptions.keys.length > 0) this.#sendFrames();
      return applied.reply;
    } catch (error) {
      // the transaction is undone, the memory may not be: read the state back from disk
      this.#hub = null;
      throw error;
    }
  }

  /** The whole column of a subscription, and frames from now on. */
  subscribe(key: string): Frame {
    this.#subscriptions.renew(key);
    const frame = this.#frame(key, true);
    return assertDefined(frame, `a frame for subscription ${key}`);
  }

  report(): HubReport {
    const hub = this.#open();
    return hubReport(hub.state, hub.settings, this.#now(), {
      sequence: hub.sequence,
      outbox: this.#store.outbox(1_000).length,
      dayVolumeUsd: this.#dayVolumeUsd(),
    });
  }

  context(): HubContext {
    const hub = this.#open();
    return hubContext(hub.state, hub.settings, this.#now(), this.#dayVolumeUsd());
  }

  history(query: HistoryQuery): HubHistory {
    return hubHistory(this.#store, this.#open().settings.venues, query);
  }

  live(filter: MapFilter, intervalMs: number): HubLive {
    const hub = this.#open();
    const live = this.#live.at(hub.state, hub.settings, hub.sequence);
    const columnStartMs = openColumnStart(hub.state, intervalMs);
    return {
      asOf: hub.state.asOf,
      price: priceUnder(live, filter),
      coverage: coverageAt(hub.state, hub.settings, this.#now(), this.#dayVolumeUsd()),
      modelVersion: modelVersion(paramsOf(hub.settings)),
      columnStartMs,
      candle: openCandle(live, filter, intervalMs, columnStartMs),
      levels: filteredLevels(live, filter),
    };
  }

  map(filter: MapFilter): SplitMap {
    const { state, settings, sequence } = this.#open();
    const live = this.#live.at(state, settings, sequence);
    const { delta } = filter;
    if (delta === null) return standingMap(mapLevels(live, filter, settings.venues, (levels) => levels));
    const flows = this.#live.flows(state, settings, sequence);
    return mapChange(this.#store, settings, filter, delta, { asOf: state.asOf, cursor: state.cursor, live, flows });
  }

  /** Of a heatmap's columns, what opened, closed, was swept and moved in their periods. */
  flows(query: FlowsQuery): HubFlows {
    const { state, settings } = this.#open();
    return flowColumns(this.#store, settings, query, (state.cursor ?? 0) - CROSS_KEEP_MS);
  }

  override async alarm(): Promise<void> {
    this.#alarmSet = false;
    try {
      await this.#flush();
    } catch (error) {
      console.error("hub: history could not be written, it stays in the outbox", error);
      await this.ctx.storage.setAlarm(Date.now() + RETRY_MS);
      this.#alarmSet = true;
    }
  }

  async #flush(): Promise<void> {
    const hub = this.#open();
    const more = await flushOutbox(this.#store, this.env.DB);
    const { cursor } = hub.state;
    if (cursor !== null && !more) {
      const wall = Date.now();
      const includeOpen = wall - this.#openTilesAt >= OPEN_TILES_MS;
      await flushTiles(this.#store, this.env.DB, {
        symbol: hub.settings.symbol,
        modelVersion: modelVersion(paramsOf(hub.settings)),
        now: hub.state.asOf,
        cursor,
        includeOpen,
      });
      if (includeOpen) [this.#openTilesAt, this.#openTilesTo] = [wall, cursor];
      const reach = { store: this.#store, cursor, tilesToMs: this.#openTilesTo, wallMs: wall };
      await this.#hot.write((name, value) => this.env.TILES.put(name, value), hub.settings.symbol, reach);
      this.#store.dropCross(cursor - CROSS_KEEP_MS);
      this.#store.dropFlows(cursor - CROSS_KEEP_MS);
    }
    if (more || this.#store.outbox(1).length > 0) this.#scheduleFlush();
  }

  #scheduleFlush(): void {
    if (this.#alarmSet) return;
    this.#alarmSet = true;
    void this.ctx.storage.setAlarm(Date.now() + FLUSH_DELAY_MS);
  }

  #sendFrames(): void {
    const frames = this.#subscriptions.keys.flatMap((key) => this.#frame(key, false) ?? []);
    const symbol = this.#open().settings.symbol;
    const { renewals } = this.#subscriptions;
    this.env.FANOUT_RELAY.getByName(symbol)
      .publish(frames)
      .then((idle) => this.#subscriptions.drop(idle, renewals))
      .catch((error: unknown) => console.error("hub: a relay did not take its frames", error));
    this.#tellResync();
  }

  #tellGap({ venue, fromMs, reason }: GapOpened): void {
    if (this.#subscriptions.keys.length === 0) return;
    const seq = this.#open().state.frame;
    this.#announce({ v: PROTOCOL_VERSION, type: "gap", seq, exchange: venue, fromMs, reason });
  }

  #announce(message: GapMessage | ResyncMessage): void {
    this.env.FANOUT_RELAY.getByName(this.#open().settings.symbol)
      .announce(JSON.stringify(message))
      .catch((error: unknown) => console.error(`hub: a relay did not pass a ${message.type} on`, error));
  }

  /** Columns that were missing are there now: clients read history again, once, when the hub has caught up. */
  #tellResync(): void {
    const { state, settings } = this.#open();
    const behindMs = state.asOf - (state.cursor ?? 0);
    if (!this.#backfilled || behindMs > STALE_BOOK_MS + minutePatienceMs(settings)) return;
    this.#backfilled = false;
    const reason = "what was missing has been filled from history";
    this.#announce({ v: PROTOCOL_VERSION, type: "resync", seq: state.frame, reason });
  }

  /** The next frame of a subscription: whole when asked for, or when the clients' state is not known. */
  #frame(key: string, whole: boolean): Frame | null {
    const hub = this.#open();
    const subscription = parseSubscriptionKey(key);
    const filter = subscription === null ? null : parseFilter(subscription.filter);
    if (subscription === null || filter === null) return null;
    const live = this.#live.at(hub.state, hub.settings, hub.sequence);
    const context: FrameContext = {
      state: hub.state,
      settings: hub.settings,
      dataSource: parseSettings(this.env).dataSource,
      now: this.#now(),
      live,
      dayVolumeUsd: this.#dayVolumeUsd(),
    };
    const { intervalMs, format } = subscription;
    const levels = this.#levels(live, filter);
    const columnStartMs = openColumnStart(hub.state, intervalMs);
    const seq = hub.state.frame;
    const sent = this.#subscriptions.sent(key);
    if (!whole && sent !== null && sent.seq + 1 === seq) {
      const delta = deltaMessage(context, filter, intervalMs, sent.levels, levels, sent.columnStartMs);
      const { body, description } = frameBody(format, delta.message, sent);
      this.#subscriptions.remember(key, { levels: delta.sent, columnStartMs, seq, description });
      return { key, seq, whole: false, body };
    }
    // a newcomer is given what the others have, so that the next change fits them all
    const given = sent?.seq === seq ? sent.levels : rounded(levels);
    const { body, description } = frameBody(format, snapshotMessage(context, filter, intervalMs, given), null);
    // a newcomer may be told other than the others were: the next frame tells all
    if (sent !== null && sent.description !== description) sent.description = null;
    // where the others' state is not known, the next frame must be whole for them: a newcomer does not change that
    if (!whole || !this.#subscriptions.has(key))
      this.#subscriptions.remember(key, { levels: given, columnStartMs, seq, description });
    return { key, seq, whole: true, body };
  }

  /** What stands, or has changed, now. */
  #levels(live: readonly LiveVenue[], filter: MapFilter): Levels {
    if (filter.delta === null) return filteredLevels(live, filter);
    const { state, settings } = this.#open();
    const sinceMs = intervalStart(state.asOf - DELTA_MS[filter.delta], MINUTE_MS);
    const compared = comparedNow(this.#store, settings, filter, sinceMs, idsOf(live)).filter;
    return changeSince(this.#store, settings, compared, sinceMs, filteredLevels(live, compared));
  }

  #open(): JournaledHub {
    if (this.#hub === null) {
      const settings = assertDefined(this.#settings, "the hub's symbol: objects are reached by name");
      this.#hub = new JournaledHub(this.#store, settings);
      if (this.#hub.discarded !== null) console.error(`hub ${settings.symbol}: starts over, ${this.#hub.discarded}`);
    }
    return this.#hub;
  }

  #readSettings(symbol: string | null): HubSettings | null {
    if (symbol === null) return null;
    if (this.#store.value("symbol") !== symbol) this.#store.setValue("symbol", symbol);
    return parseHubSettings(this.env, symbol);
  }

  #dayVolumeUsd(): number | null {
    return this.#dayVolume.at(this.#store, this.#open().state.cursor);
  }

  #now(): number {
    return marketClock(this.env, () => Date.now()).now();
  }
}

function rounded(levels: Levels): Levels {
  return { first: levels.first, long: levels.long.map(Math.round), short: levels.short.map(Math.round) };
}
