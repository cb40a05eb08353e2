import { decodeColumns } from "../../src/shared/tile/column-codec.ts";
import type { LayerColumn } from "../../src/shared/tile/layer-column.ts";
import type { OpenColumn } from "./hub-store.ts";

/** Layers of one stored column, stamped with its own start (columns of several widths share their bytes). */
export function readLayers(column: OpenColumn): LayerColumn[] {
  const decoded = decodeColumns(column.layers);
  return "error" in decoded ? [] : decoded.map((layer) => ({ ...layer, startMs: column.startMs }));
}
