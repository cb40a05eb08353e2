// Snapshot of a hub: uint32 header length · header as JSON · per exchange uint32 length and the model's own bytes, and
// then, uint32 length first, the bytes from before each open gap, and those of each half hour's flows, running and before the gap.
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { decodeModel, decodePeriod, encodeModel, encodePeriod } from "../../src/shared/model/model.ts";
import { DEFAULT_PARAMS, type ModelParams } from "../../src/shared/model/params.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import type { HalfHourFlows, HubState, HubVenue } from "./hub-state.ts";

const FORMAT = 5;

interface VenueHeader extends Omit<HubVenue, "model" | "gapModel" | "flows" | "gapFlows"> {
  /** When the half hours began whose flows are among the parts, now and before the gap; null where there are none. */
  flowsFromMs: EpochMs | null;
  gapFlowsFromMs: EpochMs | null;
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
    venues: listed.map(({ model: _, gapModel: __, flows, gapFlows, ...plain }) => ({
      ...plain,
      flowsFromMs: flows?.startMs ?? null,
      gapFlowsFromMs: gapFlows?.startMs ?? null,
    })),
  };
  const parts = [
    new TextEncoder().encode(JSON.stringify(header)),
    ...listed.map((venue) => encodeModel(venue.model)),
    ...listed.flatMap((venue) => venue.gapModel ?? []),
    ...listed.flatMap(({ flows, gapFlows }) =>
      [flows, gapFlows].flatMap((one) => (one === null ? [] : encodePeriod(one.period))),
    ),
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
  const flowsFrom = (startMs: EpochMs | null): HalfHourFlows | null | { error: string } => {
    if (startMs === null) return null;
    const period = decodePeriod(periods.shift() ?? new Uint8Array(0));
    return "error" in period ? period : { startMs, period };
  };
  for (const [i, { flowsFromMs, gapFlowsFromMs, ...plain }] of header.venues.entries()) {
    const body = parts[i + 1];
    if (body === undefined) return { error: `snapshot lacks the model of ${plain.track.venue}` };
    const model = decodeModel(body, params);
    if ("error" in model) return model;
    const gapModel = plain.gap === null ? null : gapModels.shift()?.slice();
    if (gapModel === undefined) return { error: `snapshot lacks the model of ${plain.track.venue} before its gap` };
    const flows = flowsFrom(flowsFromMs);
    if (flows !== null && "error" in flows) return flows;
    const gapFlows = flowsFrom(gapFlowsFromMs);
    if (gapFlows !== null && "error" in gapFlows) return gapFlows;
    venues.set(plain.track.venue, { ...plain, model, gapModel, flows, gapFlows });
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
