// `npm start`: the whole system on this machine. Dashboard, API, objects, database, cron, and the exchanges it reads.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { VENUES } from "../src/shared/market/symbol.ts";
import { DAY_MS, marketTime } from "../src/shared/time/clock.ts";
import { loadAnchor, nextLine, saveAnchor } from "../src/simulator/anchor.ts";
import { startSimulator } from "../src/simulator/server.ts";
import { adminToken } from "./local/admin-token.ts";
import { isoMinute, isPlayed, type Plan, planMarkets, StartError } from "./local/markets.ts";
import { parseStartOptions, type StartOptions, USAGE } from "./local/options.ts";
import { releaseState, rememberChildren, takeState } from "./local/run-lock.ts";
import { readParamsVar, UsageError } from "./local/tape-files.ts";
import { becomesFree, type LocalWorker, startWorker } from "./local/worker.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

/** An hour between probes is courtesy to a real exchange; a simulated one that refuses is tried again soon. */
const BLOCKED_PROBE_MS = 10_000;

/** The Worker's vars for the exchanges it reads, and a line about them. */
interface Exchanges {
  vars: Record<string, string>;
  describe: string;
}

async function main(options: StartOptions): Promise<void> {
  // first of all: a file that is refused leaves nothing behind
  const params = readParamsVar(options.params);
  const plan = options.mode === "live" ? null : planMarkets(options);
  const folder = join(options.stateRoot, plan?.folder ?? "live");
  if (plan !== null && isPlayed(loadAnchor(folder), plan.play)) {
    say("this recording was played to its end: it starts again");
    rmSync(folder, { recursive: true, force: true });
  }
  const isNew = !existsSync(options.stateRoot);
  const busy = takeState(folder);
  if (busy !== null) throw new StartError(busy);
  // after the state is taken: a killed run may have left its own processes on this port
  if (!(await becomesFree(options.port))) {
    releaseState(folder);
    if (isNew) rmSync(options.stateRoot, { recursive: true });
    throw new StartError(`port ${options.port} is in use: stop what uses it, or choose another with --port N`);
  }

  const closers: (() => Promise<void>)[] = [];
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    for (const close of closers.reverse()) await close();
    releaseState(folder);
    process.exit(code);
  };
  const heedSignals = () => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.removeAllListeners(signal).on(signal, () => void stop(0));
  };
  heedSignals();

  // loaded only now: a refusal should not wait for the tools
  const { build } = await import("vite");
  await build({ logLevel: "warn" });
  const exchanges = plan === null ? liveExchanges(options) : await simulatedExchanges(options, plan, folder, closers);
  const worker: LocalWorker = await startWorker({
    port: options.port,
    persist: join(folder, "worker"),
    vars: { ...exchanges.vars, MODEL_PARAMS: params, ADMIN_TOKEN: adminToken(options.stateRoot) },
    speed: options.speed,
    log: say,
  });
  closers.push(() => worker.stop());
  // the tools have put up handlers of their own, which end the process at once with 130
  heedSignals();
  rememberChildren(folder);
  say(`Faultline runs on ${worker.url}`);
  say(exchanges.describe);
  say(`state in ${folder} · Ctrl-C stops everything`);
}

function liveExchanges(options: StartOptions): Exchanges {
  return {
    vars: {
      DATA_SOURCE: "live",
      SYMBOLS: options.symbols,
      HISTORY_MS: String(options.historyMs ?? 14 * DAY_MS),
    },
    describe: "real exchanges; those that refuse this place are shown as blocked",
  };
}

async function simulatedExchanges(
  options: StartOptions,
  plan: Plan,
  folder: string,
  closers: (() => Promise<void>)[],
): Promise<Exchanges> {
  const { line, anchor } = nextLine(loadAnchor(folder), plan.play, Date.now(), options.speed);
  saveAnchor(folder, anchor);
  const markets = plan.build(anchor);
  // generated minutes are made before anybody waits for them
  for (const market of markets) market.advance(line.marketOriginMs);
  const simulator = await startSimulator({ clock: line, markets });
  closers.push(() => simulator.close());
  let ended = false;
  const keep = setInterval(() => {
    const now = marketTime(line, Date.now());
    saveAnchor(folder, { ...anchor, lastMarketMs: now });
    if (line.endMs !== null && now >= line.endMs && !ended) {
      ended = true;
      say(`the recording ended at ${isoMinute(line.endMs)} UTC: the market stands still`);
    }
  }, 1_000);
  closers.push(async () => clearInterval(keep));

  const vars: Record<string, string> = {
    DATA_SOURCE: plan.play.kind === "tape" ? "replay" : "simulated",
    HISTORY_MS: String(plan.historyMs(anchor)),
    BLOCKED_PROBE_MS: String(BLOCKED_PROBE_MS),
    CLOCK_MARKET_ORIGIN_MS: String(line.marketOriginMs),
    CLOCK_WALL_ORIGIN_MS: String(line.wallOriginMs),
    CLOCK_SPEED: String(line.speed),
    CLOCK_END_MS: line.endMs === null ? "" : String(line.endMs),
  };
  if (plan.venues !== null) vars["VENUES"] = VENUES.filter((venue) => plan.venues?.includes(venue)).join(",");
  vars["SYMBOLS"] = plan.symbols.join(",");
  vars["EURO_RATE_REST"] = simulator.base("binance").rest;
  for (const venue of plan.venues ?? VENUES) {
    const { rest, stream } = simulator.base(venue);
    vars[`${venue.toUpperCase()}_REST`] = rest;
    vars[`${venue.toUpperCase()}_STREAM`] = stream ?? "off";
  }
  const what =
    plan.play.kind === "tape"
      ? `replay of ${options.tapes.length} recording${options.tapes.length === 1 ? "" : "s"}, market time ${isoMinute(line.marketOriginMs)} UTC`
      : "simulated exchanges (not real prices); every answer says so";
  const control = `http://127.0.0.1:${simulator.port}/control`;
  return {
    vars,
    describe: `${what}, ${options.speed} market second${options.speed === 1 ? "" : "s"} per second · faults: ${control}`,
  };
}

const options = parseStartOptions(process.argv.slice(2));
if ("help" in options) {
  say(USAGE);
} else if ("error" in options) {
  process.stderr.write(`start: ${options.error}\n`);
  process.exitCode = 2;
} else {
  main(options).catch((error: unknown) => {
    const isUsage = error instanceof StartError || error instanceof UsageError;
    process.stderr.write(`start: ${isUsage ? error.message : String(error)}\n`);
    process.exit(isUsage ? 2 : 1);
  });
}
