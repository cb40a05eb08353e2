// The address of a tile, read: everything in it is looked up by name.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { isLayerKey, LAYERS, type LayerKey } from "../../../src/shared/tile/layer.ts";
import { BAR_INTERVALS, type BarInterval } from "../http/span.ts";

export interface TileAddress {
  modelVersion: string;
  layer: LayerKey;
  intervalMs: number;
  tileIndex: number;
}

export function toTileAddress(path: {
  modelVersion: string;
  layer: string;
  interval: string;
  index: string;
}): TileAddress {
  const { modelVersion, layer, interval, index } = path;
  const name = layer.toLowerCase();
  if (!isLayerKey(name)) throw wrong("layer", layer, LAYERS);
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
