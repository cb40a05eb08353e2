// Keeps the store filled: fetches on a new symbol, range or filter, follows the stream, polls what has no stream.
import { batch, computed, effect } from "@preact/signals";
import { buildGrid } from "../../shared/display/grid.ts";
import type { ServerMessage } from "../../shared/protocol/messages.ts";
import { Failure, fetchHeatmap, fetchMap, fetchStatus, fetchSymbols } from "../api/client.ts";
import type { Envelope, HeatmapAnswer } from "../api/wire.ts";
import { applyMessage, emptyColumn } from "../stream/apply.ts";
import { LiveSocket } from "../stream/socket.ts";
import { clockOffset } from "../text/freshness.ts";
import { apiQuery } from "../view/query.ts";
import * as store from "./store.ts";

const MAP_EVERY_MS = 30_000;
const STATUS_EVERY_MS = 60_000;
const EMPTY_RETRY_MS = 5_000;
/** A stream that keeps asking for a new heatmap is answered at most this often. */
const REFETCH_EVERY_MS = 5_000;

/** What the answers depend on: not the colours. */
const request = computed(() => {
  const { symbol, range, filter } = store.view.value;
  return JSON.stringify([symbol, range, filter, store.attempts.value]);
});

export function startSession(): void {
  let abort = new AbortController();
  let column = emptyColumn();
  let queue: ServerMessage[] = [];
  let frame = 0;
  let refetchedAtMs = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const socket = new LiveSocket({
    address: () => {
      const { symbol, range, filter } = store.view.peek();
      const since = column.seq === null ? {} : { since: String(column.seq) };
      const query = apiQuery(range, filter, { symbol, format: "json", ...since });
      return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/v1/stream?${query}`;
    },
    onMessage: (message) => {
      queue.push(message);
      if (frame === 0) frame = requestAnimationFrame(drain);
    },
    onConnection: (connection) => {
      store.connection.value = connection;
    },
  });

  effect(() => {
    void request.value;
    column = emptyColumn();
    queue = [];
    void load(true);
  });

  const settle = (): void => {
    const awake = !document.hidden && navigator.onLine;
    store.online.value = navigator.onLine;
    if (awake) {
      if (store.grid.peek() === null) void load(false);
      else socket.resume();
    } else socket.pause();
  };
  document.addEventListener("visibilitychange", settle);
  addEventListener("online", settle);
  addEventListener("offline", settle);
  setInterval(() => {
    if (!document.hidden) store.now.value = Date.now();
  }, 1_000);
  setInterval(() => void loadMap(), MAP_EVERY_MS);
  setInterval(() => void loadStatus(), STATUS_EVERY_MS);
  void loadStatus();

  async function load(isNewView: boolean): Promise<void> {
    clearTimeout(retry);
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    const { symbol, range, filter } = store.view.peek();
    if (isNewView) {
      socket.pause();
      store.page.value = { state: "loading" };
    }
    void loadMap(signal);
    try {
      const { body, serverDateMs } = await fetchHeatmap(symbol, range, filter, signal);
      if (signal.aborted) return;
      measureClock(body, serverDateMs);
      const isEmpty = show(body, filter.delta !== null);
      if (isEmpty) {
        await showEmpty(signal);
        retry = setTimeout(() => void load(false), EMPTY_RETRY_MS);
      }
      if (!document.hidden) socket.resume();
    } catch (cause) {
      if (signal.aborted) return;
      const failure = cause instanceof Failure ? cause : new Failure("The map could not be shown.", null, cause);
      if (!(cause instanceof Failure)) console.error(cause);
      store.page.value = { state: "failed", detail: failure.message, status: failure.status };
      // no answer or a fault of the server may pass; a refusal will not
      if (failure.status === null || failure.status >= 500)
        retry = setTimeout(() => void load(false), REFETCH_EVERY_MS);
    }
  }

  /** Returns true when there is no column to show. */
  function show(body: HeatmapAnswer, signed: boolean): boolean {
    const grid = buildGrid({ ...body, rows: body.prices.length, signed });
    return batch(() => {
      store.cursor.value = null;
      store.changedColumn.value = null;
      if (body.price !== null) store.price.value = body.price;
      if (grid === null) {
        store.grid.value = null;
        return true;
      }
      store.showGrid(grid);
      store.page.value = { state: "ready" };
      return false;
    });
  }

  async function showEmpty(signal: AbortSignal): Promise<void> {
    const { symbol } = store.view.peek();
    const status = await fetchStatus(signal).catch(() => null);
    if (signal.aborted) return;
    const entry = status?.body.symbols.find((each) => each.symbol === symbol);
    store.page.value = { state: "empty", progress: entry?.historyProgress ?? null };
  }

  async function loadMap(signal: AbortSignal = abort.signal): Promise<void> {
    if (document.hidden) return;
    const { symbol, filter } = store.view.peek();
    const answer = await fetchMap(symbol, filter, signal).catch(() => null);
    if (answer === null || signal.aborted) return;
    store.map.value = answer.body;
  }

  async function loadStatus(): Promise<void> {
    if (document.hidden) return;
    const [symbols, status] = await Promise.all([fetchSymbols().catch(() => null), fetchStatus().catch(() => null)]);
    if (symbols !== null) store.symbols.value = symbols.body.symbols;
    const entry = status?.body.symbols.find((each) => each.symbol === store.view.peek().symbol);
    store.historyFromMs.value = entry?.historyFromMs ?? null;
  }

  /** One pass over what came since the last frame. */
  function drain(): void {
    frame = 0;
    const messages = queue;
    queue = [];
    const grid = store.grid.peek();
    if (grid === null) return;
    batch(() => {
      for (const message of messages) {
        if (message.type !== "resync" && message.type !== "gap") {
          store.acceptEnvelope(message);
          if (message.price !== null) store.price.value = message.price;
        }
        const change = applyMessage(grid, column, message);
        if (change.type === "column" || change.type === "appended") store.changedColumn.value = { slot: change.slot };
        if (change.type === "refetch") refetch();
        if (change.type === "gap") {
          column = emptyColumn();
          socket.restart();
          return;
        }
      }
    });
  }

  function refetch(): void {
    const wait = Math.max(0, refetchedAtMs + REFETCH_EVERY_MS - Date.now());
    clearTimeout(retry);
    retry = setTimeout(() => {
      refetchedAtMs = Date.now();
      void load(false);
    }, wait);
  }

  function measureClock(answer: Envelope, serverDateMs: number | null): void {
    const { asOf, dataSource } = answer;
    const receivedAt = Date.now();
    batch(() => {
      store.clockOffsetMs.value = clockOffset({ asOf, dataSource, serverDateMs, receivedAt });
      store.now.value = receivedAt;
      store.envelope.value = null;
      store.acceptEnvelope(answer);
    });
  }
}
