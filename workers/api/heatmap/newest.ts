// Where an answer gets what is newer than D1's tiles: from the hub, or, while that is away, from what it left in KV.

import type { HistoryQuery, HubHistory, HubLive } from "../../../durable-objects/hub/answers.ts";
import type { FlowsQuery, HubFlows } from "../../../durable-objects/hub/flow-columns.ts";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { ClosedColumn } from "../../../src/shared/market/closed-column.ts";
import type { MapFilter } from "../../../src/shared/market/filter.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { decodeColumns, encodeColumns } from "../../../src/shared/tile/column-codec.ts";
import { decodeHot, type HotMark } from "../../../src/shared/tile/hot-columns.ts";
import { LAYERS, type LayerKey } from "../../../src/shared/tile/layer.ts";
import type { LayerColumn } from "../../../src/shared/tile/layer-column.ts";
import type { EpochMs } from "../../../src/shared/time/clock.ts";
import { askFlows, askHistory, askLive, share } from "../hub-answers.ts";

export interface Newest {
  live(symbol: SymbolId, filter: MapFilter, intervalMs: number): Promise<HubLive>;
  history(symbol: SymbolId, query: HistoryQuery): Promise<HubHistory>;
  /** What changes of columns are made of. */
  flows(symbol: SymbolId, query: FlowsQuery): Promise<HubFlows>;
}

/** Why something is not known while answers are made without the hub. */
export const HUB_AWAY = "the hub of this symbol cannot be reached";

/** What a hub had closed when it wrote to KV last. */
export interface HotNewest extends Newest {
  closedToMs: EpochMs;
}

export function fromHub(env: Cloudflare.Env): Newest {
  return {
    live: (symbol, filter, intervalMs) => askLive(env, symbol, filter, intervalMs),
    history: (symbol, query) => askHistory(env, symbol, query),
    flows: (symbol, query) => askFlows(env, symbol, query),
  };
}

/** Columns in KV; null where there are none, or none that this version reads. */
export function fromHot(env: Cloudflare.Env, symbol: SymbolId): Promise<HotNewest | null> {
  return share(`hot|${symbol}`, async () => {
    const value = await env.TILES.get(`hot/${symbol}`, "arrayBuffer");
    const marks = value === null ? [] : decodeHot(new Uint8Array(value));
    const newest = "error" in marks ? undefined : marks.at(-1);
    if ("error" in marks || newest === undefined) return null;
    return hotNewest(marks, newest.endMs);
  });
}

function hotNewest(marks: readonly HotMark[], closedToMs: EpochMs): HotNewest {
  const decoder = new TextDecoder();
  const described = marks.map((mark) => JSON.parse(decoder.decode(mark.columns)) as ClosedColumn[]);
  const columnsOf = (intervalMs: number, fromMs: EpochMs, layers: readonly LayerKey[]) => {
    const parts: LayerColumn[] = [];
    const columns: ClosedColumn[] = [];
    for (const [i, mark] of marks.entries()) {
      const column = described[i]?.find((one) => one.intervalMs === intervalMs && one.startMs >= fromMs);
      if (column === undefined) continue;
      columns.push(column);
      const all = decodeColumns(mark.layers);
      if ("error" in all) continue;
      for (const layer of layers) {
        const own = all[LAYERS.indexOf(layer)];
        if (own !== undefined) parts.push({ ...own, startMs: column.startMs });
      }
    }
    return { parts: encodeColumns(parts), columns };
  };
  return {
    closedToMs,
    flows: () => Promise.resolve({ columns: [], reason: HUB_AWAY }),
    live: () => Promise.reject(away("the running column is with the hub")),
    history: (_, { layers, intervalMs, fromMs, baseline }) => {
      if (layers === null) return Promise.reject(away("combined filters are answered by the hub"));
      const { parts, columns } = columnsOf(intervalMs, fromMs, layers);
      const before = baseline === null ? null : columnsOf(baseline.intervalMs, baseline.fromMs, layers);
      return Promise.resolve({ parts, columns, baselineParts: before?.parts ?? encodeColumns([]) });
    },
  };
}

function away(what: string): ApiError {
  return new ApiError("unavailable", `${what}, which cannot be reached right now; try again in a moment`);
}
