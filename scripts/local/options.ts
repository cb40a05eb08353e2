// The flags of `npm start`, read once into what the rest works with; every refusal is one line.
import { isAbsolute, resolve } from "node:path";
import { SettingError } from "../../src/shared/error/setting-error.ts";
import { parseSymbols } from "../../src/shared/settings/deployment.ts";

export interface StartOptions {
  mode: "simulated" | "replay" | "live";
  /** SPECs of recordings, as given. */
  tapes: string[];
  port: number;
  /** Market seconds per wall second. */
  speed: number;
  /** Market time of history at first start; null: the mode's default. */
  historyMs: number | null;
  /** Where this run keeps its state. */
  stateRoot: string;
  /** Coins to read from real exchanges, as SYMBOLS has them. */
  symbols: string;
  /** Parameter file of the model; undefined: the defaults. */
  params: string | undefined;
}

export const USAGE = `usage: npm start [-- FLAGS]

Runs the whole system on this machine: local database, objects and cron, a dashboard on http://127.0.0.1:8787.
Without flags the exchanges are simulated (and every answer says so); no account and no network are needed.

  --live                real exchanges instead of simulated ones
  --symbols LIST        with --live: the coins to read (BTC,ETH,SOL); top20 is what a deployment reads
  --tape SPEC[,SPEC…]   replay recordings through the exchange simulator (repeatable);
                        SPEC is exchange:SYMBOL:FILE, or a FILE named <exchange>-<coin>-<interval>-…
  --port N              port of the dashboard (8787)
  --speed X             market seconds per second (1)
  --history SPAN        how much history to fill at first start: 90m, 36h, 14d
                        (default: three quarters of a tape, else 3d)
  --params FILE         model parameters instead of the defaults (npm run calibrate writes such a file)
  --help                this text

State is kept in .faultline/ (or FAULTLINE_STATE): a stopped run continues where it was; delete the folder to start over.`;

/** What one machine reads of real exchanges when nothing else is asked for. */
const LOCAL_SYMBOLS = "BTC,ETH,SOL";

const SPANS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The options, or the one line that says what is wrong. */
export function parseStartOptions(argv: readonly string[]): StartOptions | { error: string } | { help: true } {
  const options: StartOptions = {
    mode: "simulated",
    tapes: [],
    port: 8787,
    speed: 1,
    historyMs: null,
    stateRoot: resolve(process.env["FAULTLINE_STATE"] ?? ".faultline"),
    symbols: "",
    params: undefined,
  };
  for (let i = 0; i < argv.length; i++) {
    const [flag = "", inline] = splitOnce(argv[i] ?? "");
    if (flag === "--help" || flag === "-h") return { help: true };
    if (flag === "--live") {
      options.mode = "live";
      continue;
    }
    if (!["--tape", "--port", "--speed", "--history", "--params", "--symbols"].includes(flag)) {
      return { error: `unknown flag ${flag}; npm start -- --help lists them` };
    }
    const value = inline ?? argv[++i];
    if (value === undefined || value === "") return { error: `${flag} needs a value` };
    const error = readFlag(options, flag, value);
    if (error !== null) return { error };
  }
  if (options.mode === "live" && options.tapes.length > 0) return { error: "--live and --tape exclude each other" };
  if (options.mode === "live" && options.speed !== 1) return { error: "--speed needs a simulated or recorded market" };
  if (options.mode !== "live" && options.symbols !== "") {
    return { error: "--symbols needs --live: a recording names its coin, the simulated market has BTC, ETH and SOL" };
  }
  if (options.symbols === "") options.symbols = LOCAL_SYMBOLS;
  if (options.tapes.length > 0) options.mode = "replay";
  return options;
}

function readFlag(options: StartOptions, flag: string, value: string): string | null {
  switch (flag) {
    case "--tape":
      if (value.split(",").some((spec) => spec === "")) return `--tape was "${value}", expected SPEC[,SPEC…]`;
      options.tapes.push(...value.split(","));
      return null;
    case "--symbols": {
      options.symbols = value;
      return symbolsError(value);
    }
    case "--params":
      options.params = value;
      return null;
    case "--port": {
      options.port = Number(value);
      const fits = Number.isInteger(options.port) && options.port >= 1 && options.port <= 65_535;
      return fits ? null : `--port was "${value}", expected a number from 1 to 65535`;
    }
    case "--speed": {
      options.speed = Number(value);
      const fits = options.speed >= 0.01 && options.speed <= 100_000;
      return fits ? null : `--speed was "${value}", expected a number from 0.01 to 100000`;
    }
    default: {
      const [, count = "", unit = ""] = /^(\d+(?:\.\d+)?)([mhd])$/.exec(value) ?? [];
      options.historyMs = Math.round(Number(count) * (SPANS[unit] ?? Number.NaN));
      // what HISTORY_MS takes
      const fits = options.historyMs >= 60_000 && options.historyMs <= 3_650 * 86_400_000;
      return fits ? null : `--history was "${value}", expected a span like 90m, 36h or 14d, from 1m to 3650d`;
    }
  }
}

function symbolsError(text: string): string | null {
  try {
    parseSymbols(text);
    return null;
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    return `--symbols was "${text}", expected ${error.accepted}`;
  }
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf("=");
  return text.startsWith("--") && at > 0 ? [text.slice(0, at), text.slice(at + 1)] : [text, undefined];
}

/** A SPEC's file as an absolute path: state belongs to the recording, not to where the command was typed. */
export function absoluteSpec(spec: string): string {
  const at = spec.lastIndexOf(":");
  const file = spec.slice(at + 1);
  return `${spec.slice(0, at + 1)}${isAbsolute(file) ? file : resolve(file)}`;
}
