// The heatmap as bytes: its numbers packed, the rest of the answer as it is.
import { encodeGrid } from "../../../src/shared/tile/grid-codec.ts";
import type { PictureSource } from "../picture/source.ts";

export function heatmapBin(map: PictureSource): Uint8Array<ArrayBuffer> {
  const { columns, prices, cells, candles, ...description } = map;
  return encodeGrid(new TextEncoder().encode(JSON.stringify(description)), { columns, prices, cells, candles });
}
