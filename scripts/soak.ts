// `npm run soak -- [--seed N] [--hours H] [--symbols BTC,ETH]`: market hours through faults, every minute accounted for.
import { parseArgs } from "node:util";
import { VENUES } from "../src/shared/market/symbol.ts";
import { HOUR_MS } from "../src/shared/time/clock.ts";
import { GENERATED_SYMBOLS } from "../src/simulator/generator/profile.ts";
import { printReport, soakReport } from "../test/soak/report.ts";

const HELP = `usage: npm run soak -- [options]

Plays the generated market through real feeds and hubs in this process while faults of the simulator come and go, then
the same market without faults. Ends with 1 when a minute is unaccounted for or anything else is not as it must be.

  --seed N       decides the market and the faults (default 1)
  --hours H      market time under faults (default 1)
  --symbols LIST coins (default ${GENERATED_SYMBOLS.join(",")})
`;

function fail(message: string): never {
  process.stderr.write(`soak: ${message}\n`);
  process.exit(2);
}

function read() {
  try {
    const text = { type: "string" } as const;
    return parseArgs({ options: { seed: text, hours: text, symbols: text, help: { type: "boolean" } } }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const values = read();
if (values.help === true) {
  process.stdout.write(HELP);
  process.exit(0);
}
const seed = Number(values.seed ?? "1");
const hours = Number(values.hours ?? "1");
const symbols = values.symbols?.split(",") ?? [...GENERATED_SYMBOLS];
if (!Number.isInteger(seed)) fail(`--seed was "${values.seed}", expected an integer`);
if (!(hours > 0 && hours <= 240)) fail(`--hours was "${values.hours}", expected more than 0, at most 240`);
const unknown = symbols.find((symbol) => !GENERATED_SYMBOLS.includes(symbol));
if (unknown !== undefined) fail(`--symbols holds "${unknown}", expected some of ${GENERATED_SYMBOLS.join(",")}`);

const began = performance.now();
const report = await soakReport({ seed, faultyMs: Math.round(hours * HOUR_MS), symbols, venues: VENUES });
process.stdout.write(`soak: seed ${seed}, ${hours} h under faults\n${printReport(report)}`);
process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1)} s for both runs\n`);
process.exitCode = report.failures.length === 0 ? 0 : 1;
