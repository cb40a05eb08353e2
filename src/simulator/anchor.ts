// How a restart continues the same market. A small file in the state folder says where the market was.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ClockLine, type EpochMs, intervalStart, MINUTE_MS } from "../shared/time/clock.ts";
import type { ReplayWindow } from "./replay-window.ts";

export interface Anchor {
  /** What is played, as text: another spec starts afresh. */
  spec: string;
  /** Start of the generated market, or of the tape. */
  genesisMs: EpochMs;
  seed: number;
  /** Market time of the first start. */
  marketOriginMs: EpochMs;
  /** Market time when the anchor was last saved. */
  lastMarketMs: EpochMs;
}

/** What is to be played: recordings with their window, or the generated market with the history it begins with. */
export type Play =
  | { kind: "tape"; spec: string; window: ReplayWindow }
  | { kind: "generated"; spec: string; seed: number; historyMs: number };

/**
 * Returns the clock of a start or restart and the anchor to keep. A tape stands still while stopped and continues where it
 * was. The generated market at speed 1 follows the wall clock, so that it looks as if it had never stopped; at other speeds
 * it continues where it was. Its genesis never moves, so that the same past is generated again.
 */
export function nextLine(
  anchor: Anchor | null,
  play: Play,
  wallNow: EpochMs,
  speed: number,
): { line: ClockLine; anchor: Anchor } {
  const kept = anchor !== null && anchor.spec === play.spec ? anchor : newAnchor(play, wallNow);
  const followsWall = play.kind === "generated" && speed === 1;
  // a market that ran faster than the wall clock does not go back
  const marketOriginMs = followsWall ? Math.max(wallNow, kept.lastMarketMs) : kept.lastMarketMs;
  const endMs = play.kind === "tape" ? play.window.endMs : null;
  return {
    line: { marketOriginMs, wallOriginMs: wallNow, speed, endMs },
    anchor: { ...kept, lastMarketMs: marketOriginMs },
  };
}

function newAnchor(play: Play, wallNow: EpochMs): Anchor {
  if (play.kind === "tape") {
    const { fromMs, startMs } = play.window;
    return { spec: play.spec, genesisMs: fromMs, seed: 0, marketOriginMs: startMs, lastMarketMs: startMs };
  }
  const genesisMs = intervalStart(wallNow - play.historyMs, MINUTE_MS);
  return { spec: play.spec, genesisMs, seed: play.seed, marketOriginMs: wallNow, lastMarketMs: wallNow };
}

const FILE_NAME = "market.json";

/** Reads the anchor of a state folder; null when there is none that can be used. */
export function loadAnchor(folder: string): Anchor | null {
  let text: string;
  try {
    text = readFileSync(join(folder, FILE_NAME), "utf8");
  } catch {
    // no file yet: the first start
    return null;
  }
  return parseAnchor(text);
}

/** Writes the anchor in one piece: a crash leaves the old file or the new one. */
export function saveAnchor(folder: string, anchor: Anchor): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, FILE_NAME);
  writeFileSync(`${path}.new`, `${JSON.stringify(anchor)}\n`);
  renameSync(`${path}.new`, path);
}

/** Reads an anchor's text; null when a field is missing or of the wrong kind. */
export function parseAnchor(text: string): Anchor | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // cut off by a full disk: start afresh rather than not at all
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const fields = value as Record<string, unknown>;
  const { spec, genesisMs, seed, marketOriginMs, lastMarketMs } = fields;
  if (typeof spec !== "string") return null;
  for (const number of [genesisMs, seed, marketOriginMs, lastMarketMs]) {
    if (!Number.isSafeInteger(number)) return null;
  }
  return {
    spec,
    genesisMs: genesisMs as number,
    seed: seed as number,
    marketOriginMs: marketOriginMs as number,
    lastMarketMs: lastMarketMs as number,
  };
}
