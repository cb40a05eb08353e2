// Where a tile comes from behind the caches: D1; one that is still open also from the hub.
import { ALL } from "../../../src/shared/market/filter.ts";
import type { SymbolId } from "../../../src/shared/market/symbol.ts";
import { decodeColumns } from "../../../src/shared/tile/column-codec.ts";
import type { LayerColumn } from "../../../src/shared/tile/layer-column.ts";
import { decodeTile, encodeTile } from "../../../src/shared/tile/tile-codec.ts";
import { tileStartMs } from "../../../src/shared/tile/tile-key.ts";
import { loadTiles } from "../../store/tiles.ts";
import { orWhileAway } from "../heatmap/while-away.ts";
import { askHistory } from "../hub-answers.ts";
import { gunzip, gzip } from "./gzip.ts";
import type { TileAddress } from "./tile-address.ts";

export interface FoundTile {
  modelVersion: string;
  closed: boolean;
  /** Closed ones come from D1 alone, an open one's newest columns from the hub, or from KV while that is away. */
  source: "d1" | "hub" | "hot";
  columnCount: number;
  /** Gzipped. */
  body: Uint8Array<ArrayBuffer>;
}

/** The tile at an address, whatever model wrote it; null when there is none. */
export async function findTile(env: Cloudflare.Env, symbol: SymbolId, address: TileAddress): Promise<FoundTile | null> {
  const { layer, intervalMs, tileIndex } = address;
  const [stored] = await loadTiles(env.DB, {
    symbol,
    layers: [layer],
    intervalMs,
    firstIndex: tileIndex,
    lastIndex: tileIndex,
  });
  if (stored?.closed === true) {
    const { modelVersion, columnCount, body } = stored;
    return { modelVersion, closed: true, source: "d1", columnCount, body: Uint8Array.from(body) };
  }
  const fromMs = tileStartMs(tileIndex, intervalMs);
  const endMs = tileStartMs(tileIndex + 1, intervalMs);
  const query = { filter: ALL, layers: [layer], intervalMs, fromMs, baseline: null };
  const { made: newest, isAway } = await orWhileAway(
    env,
    symbol,
    () => askHistory(env, symbol, query),
    (hot) => hot.history(symbol, query),
  );
  const held = decodeColumns(newest.parts);
  const columns = new Map<number, LayerColumn>();
  if (stored !== undefined) {
    const tile = decodeTile(await gunzip(stored.body));
    if (!("error" in tile)) for (const column of tile.columns) columns.set(column.startMs, column);
  }
  if (!("error" in held)) {
    for (const column of held) if (column.startMs < endMs) columns.set(column.startMs, column);
  }
  if (columns.size === 0) return null;
  const written = newest.columns.filter((column) => column.startMs < endMs).at(-1);
  return {
    modelVersion: written?.modelVersion ?? stored?.modelVersion ?? "",
    closed: false,
    source: isAway ? "hot" : "hub",
    columnCount: columns.size,
    body: await gzip(encodeTile(intervalMs, fromMs, [...columns.values()])),
  };
}
