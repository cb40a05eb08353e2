// A v4 heatmap beside the native one: asked for until both, and the native picture, are of one moment.
import { decode } from "fast-png";
import { drawHeatmap } from "../../workers/api/picture/heatmap-picture.ts";
import type { PictureStyle } from "../../workers/api/picture/look.ts";
import type { PictureSource } from "../../workers/api/picture/source.ts";
import type { Ask, HeatmapData, V4Client } from "./client.ts";
import { type Difference, differenceOf, type Pixels } from "./compare.ts";
import { type Asked, nativeQuery, pictureOf } from "./picture.ts";

/** The market moves on between two questions now and then. */
const TRIES = 12;

export interface Pair {
  ours: { source: PictureSource; pixels: Pixels };
  native: { source: PictureSource; pixels: Pixels };
  difference: Difference;
}

export async function sameMoment(
  client: V4Client,
  native: { baseUrl: string; ask: Ask },
  asked: Asked & { pair: string | null },
  style: PictureStyle,
): Promise<Pair> {
  const path = `/api/futures/liquidation/${asked.exchange === null ? "aggregated-heatmap" : "heatmap"}/${asked.model}`;
  const parameters = {
    ...(asked.exchange === null ? {} : { exchange: asked.exchange }),
    symbol: asked.pair ?? asked.symbol,
    range: asked.range,
  };
  const query = nativeQuery(asked);
  const look = { width: String(style.width), height: String(style.height), theme: style.theme, colors: style.palette };
  const address = `${native.baseUrl.replace(/\/$/, "")}/v1/heatmap/${asked.symbol}`;
  const grid = async () => (await (await native.ask(`${address}?${query}`, {})).json()) as PictureSource;
  for (let i = 0; i < TRIES; i++) {
    const before = await grid();
    const reply = await client.get<HeatmapData>(path, parameters);
    const picture = await native.ask(`${address}.png?${new URLSearchParams([...query, ...Object.entries(look)])}`, {});
    const pixels = rgbOf(new Uint8Array(await picture.arrayBuffer()));
    const after = await grid();
    const moments = [before.asOf, reply.data.update_time, after.asOf];
    if (moments.some((at) => at !== moments[0])) continue;
    const source = pictureOf(reply, asked);
    const ours = { source, pixels: drawHeatmap(source, style) };
    const theirs = { source: after, pixels };
    return { ours, native: theirs, difference: differenceOf(ours, theirs) };
  }
  throw new Error(`no two answers were of one moment in ${TRIES} tries: the market moves too fast`);
}

/** A PNG's pixels, its palette looked up. */
function rgbOf(png: Uint8Array): Pixels {
  const { width, height, data, palette, channels } = decode(png);
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const colour = palette?.[data[i] ?? 0] ?? data.subarray(i * channels, i * channels + 3);
    for (let channel = 0; channel < 3; channel++) rgb[i * 3 + channel] = colour[channel] ?? 0;
  }
  return { width, height, rgb };
}
