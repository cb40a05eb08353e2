// What is played at `npm start`: the generated market, or recordings.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import { parseTape } from "../../src/shared/tape/tape.ts";
import { parseTapeSpec } from "../../src/shared/tape/tape-spec.ts";
import { DAY_MS, type EpochMs } from "../../src/shared/time/clock.ts";
import type { Anchor, Play } from "../../src/simulator/anchor.ts";
import { generatedMarkets } from "../../src/simulator/generator/generated-market.ts";
import { GENERATED_SYMBOLS } from "../../src/simulator/generator/profile.ts";
import type { Market } from "../../src/simulator/market/market.ts";
import { replayWindow } from "../../src/simulator/replay-window.ts";
import { tapeMarket } from "../../src/simulator/tape/tape-market.ts";
import { absoluteSpec, type StartOptions } from "./options.ts";

/** The market that everybody without flags sees: the seed is arbitrary, and always the same. */
const SEED = 20_240_805;
const DEFAULT_HISTORY_MS = 3 * DAY_MS;

/** A mistake in what was asked for, in one line. */
export class StartError extends Error {}

export interface Plan {
  play: Play;
  /** Sub-folder of the state: another market has another state. */
  folder: string;
  /** Builds the markets once the anchor is known. */
  build(anchor: Anchor): Market[];
  historyMs(anchor: Anchor): number;
  venues: VenueId[] | null;
  symbols: readonly SymbolId[];
}

/** Reads the recordings, or prepares the generated market. Throws StartError. */
export function planMarkets(options: StartOptions): Plan {
  return options.tapes.length > 0 ? planTapes(options) : planGenerated(options);
}

function planGenerated(options: StartOptions): Plan {
  const historyMs = options.historyMs ?? DEFAULT_HISTORY_MS;
  const spec = `generated:${SEED}:${historyMs}`;
  return {
    play: { kind: "generated", spec, seed: SEED, historyMs },
    folder: `simulated-${digest(`${spec}:${options.speed === 1}`)}`,
    build: (anchor) => generatedMarkets({ seed: anchor.seed, genesisMs: anchor.genesisMs }),
    historyMs: () => historyMs,
    venues: null,
    symbols: GENERATED_SYMBOLS,
  };
}

function planTapes(options: StartOptions): Plan {
  const markets = options.tapes.map(readTape);
  const seen = new Set<string>();
  for (const market of markets) {
    const key = `${market.venue} ${market.symbol}`;
    if (seen.has(key)) throw new StartError(`two tapes for ${key}: one exchange and symbol takes one`);
    seen.add(key);
  }
  const window = replayWindow(markets, options.historyMs);
  const spec = `${options.tapes.map(absoluteSpec).sort().join(",")}|${options.historyMs ?? "three quarters"}`;
  return {
    play: { kind: "tape", spec, window },
    folder: `tape-${digest(spec)}`,
    build: () => markets,
    historyMs: () => Math.max(60_000, window.startMs - window.fromMs),
    venues: [...new Set(markets.map((market) => market.venue))],
    symbols: [...new Set(markets.map((market) => market.symbol))],
  };
}

function readTape(text: string): Market {
  const spec = parseTapeSpec(text);
  if ("error" in spec) throw new StartError(spec.error);
  let csv: string;
  try {
    csv = readFileSync(spec.file, "utf8");
  } catch (error) {
    throw new StartError(`tape ${spec.file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const tape = parseTape(csv, spec);
  const reject = tape.rejects[0];
  if (reject !== undefined) throw new StartError(`${spec.file}:${reject.line}: ${reject.reason}`);
  if (tape.bars.length === 0) throw new StartError(`tape ${spec.file} has no rows`);
  return tapeMarket(spec.venue, spec.symbol, tape.bars);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

/** True when a recording has been played to its end: the next start plays it again. */
export function isPlayed(anchor: Anchor | null, play: Play): boolean {
  return (
    anchor !== null && play.kind === "tape" && anchor.spec === play.spec && anchor.lastMarketMs >= play.window.endMs
  );
}

export function isoMinute(time: EpochMs): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}
