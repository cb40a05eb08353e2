// The share of open value shown as expected to be force-sold, per tier. Only a complete feed tells it: what it has taught
// replaces the assumed share. A sampled feed shows a part of its liquidations, so its figures move nothing here.
import { liquidationFeedOf } from "../market/liquidation-feed.ts";
import { beliefs, type Learning } from "./learning.ts";
import type { Model } from "./state.ts";

export function expectedShares(model: Model, learning: Learning): number[] {
  const { params, tables, venue } = model;
  const isComplete = liquidationFeedOf(venue).completeness === "all";
  return beliefs(learning).map(({ theta, source }) =>
    isComplete && source === "learned" ? Math.min(1, tables.feed.share * theta) : params.displayShare,
  );
}
