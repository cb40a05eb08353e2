// Which exchanges are in the map, how old each is, and what share of known open interest that covers.

import type { VenueId } from "../../src/shared/market/symbol.ts";
import type { VenueState } from "../../src/shared/market/venue-status.ts";
import { openInterestBase } from "../../src/shared/model/model.ts";
import { THIN_LIMITS, type ThinMark, thinMark } from "../../src/shared/settings/thin-market.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";
import { type HubState, type HubVenue, knownOpenInterestUsd, modelledVenues, STALE_BOOK_MS } from "./hub-state.ts";
import { type HubSettings, minutePatienceMs } from "./settings.ts";
import { needs, pointBase, type VenueTrack } from "./track.ts";

export interface ExchangeCoverage {
  id: VenueId;
  state: VenueState;
  /** Time since the exchange's newest price or open interest, of the one that is older; null before the first. */
  ageMs: number | null;
  openInterestUsd: number | null;
  /** False while its book is too old, or not there yet, to be in the map. */
  modelled: boolean;
  reason?: string;
}

/** With whether the symbol, over all its exchanges, is too small for its map to mean much. */
export interface Coverage extends ThinMark {
  /** Open interest in the map / open interest known; null while none is known. */
  ratio: number | null;
  exchanges: ExchangeCoverage[];
}

/** Coverage at market time `now`, of a symbol whose traded value of the last 24 hours is `dayVolumeUsd`. */
export function coverageAt(
  state: HubState,
  settings: HubSettings,
  now: EpochMs,
  dayVolumeUsd: number | null = null,
): Coverage {
  const inMap = modelledNow(state, settings, now);
  const exchanges = settings.venues.map((id): ExchangeCoverage => {
    const venue = state.venues.get(id);
    if (venue === undefined) {
      return { id, state: "stale", ageMs: null, openInterestUsd: null, modelled: false, reason: "nothing heard yet" };
    }
    return exchangeCoverage(venue, settings, now, inMap.includes(venue));
  });
  const known = knownOpenInterestUsd(state, settings);
  const modelled = inMap.reduce((sum, venue) => sum + (openInterestUsd(venue) ?? 0), 0);
  const size = { openInterestUsd: known > 0 ? known : null, volumeUsd: dayVolumeUsd };
  const mark = thinMark(settings.thin ?? THIN_LIMITS, size);
  return { ratio: known > 0 ? Math.min(1, modelled / known) : null, exchanges, ...mark };
}

function exchangeCoverage(venue: HubVenue, settings: HubSettings, now: EpochMs, modelled: boolean): ExchangeCoverage {
  const { track } = venue;
  const newestMs = newestOfAll(track);
  const ageMs = newestMs === null ? null : Math.max(0, now - newestMs);
  const common = { id: track.venue, ageMs, openInterestUsd: openInterestUsd(venue), modelled };
  const silentMs = now - track.heardAt;
  if (track.status.state !== "live" && track.status.state !== "degraded") {
    return { ...common, state: track.status.state, reason: track.status.reason ?? "no reason given" };
  }
  if (silentMs > minutePatienceMs(settings)) {
    return { ...common, state: "stale", reason: `nothing heard for ${Math.round(silentMs / 1000)} s` };
  }
  const behind = needs(track, now);
  if (behind !== null) {
    const minutes = Math.round((behind.toMs - behind.fromMs) / 60_000);
    return { ...common, state: "degraded", reason: `${minutes} minutes of history are being fetched` };
  }
  return track.status.reason === null
    ? { ...common, state: track.status.state }
    : { ...common, state: track.status.state, reason: track.status.reason };
}

/** Exchange time of the older of the newest price and the newest open interest; null before the first of anything. */
function newestOfAll(track: VenueTrack): EpochMs | null {
  const told = [track.pricedAt, track.lastOpenInterest?.at].filter((at) => at !== undefined);
  return told.length === 0 ? track.observedAt : Math.min(...told);
}

/** The exchanges in the map, by the map's own rule; none of them when the whole map has stood still for too long. */
function modelledNow(state: HubState, settings: HubSettings, now: EpochMs): HubVenue[] {
  const inMap = modelledVenues(state, settings, state.cursor ?? 0);
  const patienceMs = minutePatienceMs(settings);
  return inMap.filter(
    (venue) => now - venue.track.heardAt <= patienceMs && now - (venue.steppedTo ?? 0) <= STALE_BOOK_MS + patienceMs,
  );
}

function openInterestUsd(venue: HubVenue): number | null {
  const price = venue.lastClose ?? venue.track.running?.close ?? null;
  const { lastOpenInterest } = venue.track;
  const base = lastOpenInterest === null ? openInterestBase(venue.model) : pointBase(lastOpenInterest);
  return price === null || base === null ? null : base * price;
}
