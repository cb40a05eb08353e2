// Makes sure that every configured venue's feed runs. A feed that already runs is not disturbed.

import type { VenueId } from "../../src/shared/market/symbol.ts";
import { feedName } from "../../src/shared/settings/deployment.ts";
import type { VenueAdapter } from "../../src/shared/venue/venue.ts";

/** The part of the feeds' namespace that is used. */
export interface Feeds {
  getByName(
    name: string,
    options: { locationHint: VenueAdapter["locationHint"] },
  ): { ensureRunning(): Promise<unknown> };
}

/** Returns one line per venue whose feed could not be reached; never rejects. */
export async function watchFeeds(
  vars: object,
  feeds: Feeds,
  venues: readonly VenueId[],
  hintOf: (venue: VenueId) => VenueAdapter["locationHint"],
): Promise<string[]> {
  const kicks = venues.map(async (venue) => {
    // the hint counts at the very first access only, so every access that may be the first carries it
    await feeds.getByName(feedName(vars, venue), { locationHint: hintOf(venue) }).ensureRunning();
  });
  const results = await Promise.allSettled(kicks);
  return results.flatMap((result, i) =>
    result.status === "rejected" ? [`${venues[i]}: feed not reached: ${String(result.reason)}`] : [],
  );
}
