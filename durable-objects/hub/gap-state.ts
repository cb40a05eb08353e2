// What a hub keeps while minutes of an exchange, or their open interest, are missing.
import type { Minute } from "../../src/shared/market/minute.ts";
import type { Learning } from "../../src/shared/model/learning.ts";
import type { EpochMs } from "../../src/shared/time/clock.ts";

/** A minute since the gap opened, and whether its liquidations taught when it was first stepped. */
export interface KeptMinute {
  minute: Minute;
  taught: boolean;
}

/** Plain data, part of the hub's snapshot as JSON; the model's bytes are beside it, in `HubVenue.gapModel`. */
export interface OpenGap {
  /** First such minute, and why it is one. */
  fromMs: EpochMs;
  reason: string;
  /** What the exchange had taught before the gap. */
  learning: Learning;
  degradedMinutes: number;
  clippedMinutes: number;
  kept: KeptMinute[];
  /** Where this round of asking goes on, and when it may. */
  askFromMs: EpochMs;
  nextAskMs: EpochMs;
}
