// The address of a tile, read: everything in it is looked up by name.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { VenueId } from "../../../src/shared/market/symbol.ts";
import { isLayerKey, LAYERS, type LayerKey } from "../../../src/shared/tile/layer.ts";
import { BAR_INTERVALS, type BarInterval } from "../http/span.ts";

export interface TileAddress {
  modelVersion: string;
  layer: LayerKey;
  intervalMs: number;
  tileIndex: number;
}

/** `venue`: the exchange in front of the symbol, whose own layer is the only one that the address can mean. */
export function toTileAddress(
  path: { modelVersion: string; layer: string; interval: string; index: string },
  venue: VenueId | null,
): TileAddress {
  const { modelVersion, layer, interval, index } = path;
  const name = layer.toLowerCase();
  if (!isLayerKey(name)) throw wrong("layer", layer, LAYERS);
  const only: LayerKey | null = venue === null ? null : `exchange-${venue}`;
  if (only !== null && name !== only) {
    throw new ApiError(
      "invalid-parameter",
      `layer was "${name}", but the symbol names ${venue}: take ${only}, or the symbol without its exchange`,
      { parameter: "layer", accepted: [only] },
    );
  }
  if (!Object.hasOwn(BAR_INTERVALS, interval)) throw wrong("interval", interval, Object.keys(BAR_INTERVALS));
  const [, digits] = /^(\d{1,8})\.bin$/.exec(index) ?? [];
  if (digits === undefined) throw wrong("index", index, ["a whole number and .bin, such as 7672.bin"]);
  return { modelVersion, layer: name, intervalMs: BAR_INTERVALS[interval as BarInterval], tileIndex: Number(digits) };
}

function wrong(parameter: string, text: string, accepted: readonly string[]): ApiError {
  const was = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return new ApiError("invalid-parameter", `${parameter} was "${was}", expected one of ${accepted.join(", ")}`, {
    parameter,
    accepted,
  });
}
