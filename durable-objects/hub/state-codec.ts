// Snapshot of a hub: uint32 header length · header as JSON · per exchange uint32 length and the model's own bytes, and
// then, uint32 length first, the bytes from before each open gap, and those of each running half hour's flows.
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { decodeModel, decodePeriod, encodeModel, encodePeriod } from "../../src/shared/model/model.ts";
import { DEFAULT_PARAMS, type ModelParams } from "../../src/shared/model/params.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { HubState, HubVenue } from "./hub-state.ts";

const FORMAT = 4;

interface VenueHeader extends Omit<HubVenue, "model" | "gapModel" | "flows"> {
  /** When the half hour began whose flows are among the parts; null where there are none. */
  flowsFromMs: EpochMs | null;
}
interface Header extends Omit<HubState, "venues"> {
  format: typeof FORMAT;
  venues: VenueHeader[];
}

export function encodeState(state: HubState): Uint8Array {
  const { venues, ...rest } = state;
  const listed = [...venues.values()].sort((a, b) => (a.track.venue < b.track.venue ? -1 : 1));
  const header: Header = {
    format: FORMAT,
    ...rest,
    venues: listed.map(({ model: _, gapModel: __, flows, ...plain }) => ({
      ...plain,
      flowsFromMs: flows?.startMs ?? null,
    })),
  };
  const parts = [
    new TextEncoder().encode(JSON.stringify(header)),
    ...listed.map((venue) => encodeModel(venue.model)),
    ...listed.flatMap((venue) => venue.gapModel ?? []),
    ...listed.flatMap(({ flows }) => (flows === null ? [] : encodePeriod(flows.period))),
  ];
  const bytes = new Uint8Array(parts.reduce((length, part) => length + 4 + part.length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length, true);
    bytes.set(part, at + 4);
    at += 4 + part.length;
  }
  return bytes;
}

/** The state, or the reason why the bytes are none: another format or another model version starts from history again. */
export function decodeState(bytes: Uint8Array, params: ModelParams = DEFAULT_PARAMS): HubState | { error: string } {
  const parts = split(bytes);
  const first = parts[0];
  if (first === undefined) return { error: "snapshot is empty" };
  const header = parseHeader(first);
  if (header === null) return { error: "snapshot header cannot be read" };
  if (header.format !== FORMAT) return { error: `snapshot format ${header.format} is not ${FORMAT}` };
  const venues = new Map<VenueId, HubVenue>();
  const gapModels = parts.slice(1 + header.venues.length);
  const periods = gapModels.splice(header.venues.filter(({ gap }) => gap !== null).length);
  for (const [i, { flowsFromMs, ...plain }] of header.venues.entries()) {
    const body = parts[i + 1];
    if (body === undefined) return { error: `snapshot lacks the model of ${plain.track.venue}` };
    const model = decodeModel(body, params);
    if ("error" in model) return model;
    const gapModel = plain.gap === null ? null : gapModels.shift()?.slice();
    if (gapModel === undefined) return { error: `snapshot lacks the model of ${plain.track.venue} before its gap` };
    const period = flowsFromMs === null ? null : decodePeriod(periods.shift() ?? new Uint8Array(0));
    if (period !== null && "error" in period) return period;
    const flows = flowsFromMs === null || period === null ? null : { startMs: flowsFromMs, period };
    venues.set(plain.track.venue, { ...plain, model, gapModel, flows });
  }
  const { format: _, venues: __, ...rest } = header;
  return { ...rest, venues };
}

function parseHeader(bytes: Uint8Array): Header | null {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Header;
  } catch {
    return null;
  }
}

function split(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = view.getUint32(at, true);
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
}
