// `npm run -s parse -- EXCHANGE KIND FILE`: what one recorded payload says, as JSON on standard output.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Instrument } from "../src/shared/market/observation.ts";
import { isVenueId, VENUES } from "../src/shared/market/symbol.ts";
import { kindNamed } from "../src/shared/venue/payload-kind.ts";
import { adapterOf } from "../src/shared/venue/registry.ts";
import type { ParseContext, ParseResult, PayloadKind, VenueAdapter } from "../src/shared/venue/venue.ts";

const USAGE = `usage: npm run -s parse -- EXCHANGE KIND FILE [--symbol BTC] [--instruments FILE] [--received-at MS]

Prints { exchange, kind, observations, instruments, brackets, rejects } for one recorded payload; positions as well when
it is about one account, and about when it is no market data of a contract.

  EXCHANGE           ${VENUES.join(", ")}
  KIND               what the payload is: its file's name, with or without suffixes like -recorded-2021
  --symbol           a coin (BTC) or the exchange's own symbol (BTC-USDT-SWAP), for payloads that do not name it;
                     of payloads about many, only this one is printed
  --instruments      a payload of kind instruments of the same exchange: contract values and multiples
  --received-at      when the payload was received, ms since 1970 UTC, from 2010 to 2100 (now)
  --help             this text

Exit code 0 also with rejects, 2 for wrong usage.
`;

class UsageError extends Error {}

const OPTIONS = {
  symbol: { type: "string" },
  instruments: { type: "string" },
  "received-at": { type: "string" },
  help: { type: "boolean" },
} as const;

try {
  process.stdout.write(run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`parse: ${error.message}\n${USAGE}`);
  process.exitCode = 2;
}

function run(argv: string[]): string {
  const { values, positionals } = readArguments(argv);
  if (values.help === true) return USAGE;
  const [exchange, kindName, file, ...rest] = positionals;
  if (exchange === undefined || kindName === undefined || file === undefined || rest.length > 0) {
    throw new UsageError(`expected EXCHANGE KIND FILE, found ${positionals.length} arguments`);
  }
  if (!isVenueId(exchange)) throw new UsageError(`unknown exchange ${exchange}, accepted: ${VENUES.join(", ")}`);
  const adapter = adapterOf(exchange);
  const kind = kindOf(adapter, kindName);
  const receivedAt = receiveTime(values["received-at"]);
  const context: ParseContext = { receivedAt, venueSymbol: null, instruments: new Map() };
  const listed =
    values.instruments === undefined ? null : parseFile(adapter, "instruments", values.instruments, context);
  const instruments = new Map(listed?.instruments.map((one) => [one.venueSymbol, one]));
  const venueSymbol = values.symbol === undefined ? null : venueSymbolOf(adapter, values.symbol, instruments);
  const parsed = parseFile(adapter, kind, file, { receivedAt, venueSymbol, instruments });
  const rejects = [...(listed?.rejects ?? []), ...parsed.rejects];
  return `${JSON.stringify({ exchange, kind, ...parsed, rejects }, null, 2)}\n`;
}

function readArguments(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function kindOf(adapter: VenueAdapter, name: string): PayloadKind {
  const kind = kindNamed(name);
  if (kind !== null && adapter.parses.includes(kind)) return kind;
  throw new UsageError(`unknown kind ${name} for ${adapter.id}, accepted: ${adapter.parses.join(", ")}`);
}

/** The oldest exchange here is of 2017, and stamps beyond the century are of another unit. */
function isRecent(ms: number): boolean {
  return ms >= Date.UTC(2010) && ms < Date.UTC(2100);
}

function receiveTime(text: string | undefined): number {
  if (text === undefined) return Date.now();
  const time = Number(text);
  if (/^\d+$/.test(text) && isRecent(time)) return time;
  const hint = isRecent(time * 1_000) ? `; ${time} seconds are ${time * 1_000} ms` : "";
  throw new UsageError(`--received-at was ${text}, expected ms since 1970 between the years 2010 and 2100${hint}`);
}

/** A listed symbol or coin first, then a well-known coin, then what looks like the exchange's own symbol. */
function venueSymbolOf(adapter: VenueAdapter, text: string, instruments: ReadonlyMap<string, Instrument>): string {
  if (text.trim() === "") throw new UsageError("--symbol is empty, expected a coin or an exchange's symbol");
  const coin = text.toUpperCase();
  const listed = [...instruments.values()];
  const match =
    listed.find((one) => one.venueSymbol === text) ??
    listed.find((one) => one.symbol === coin && one.contractKind === "linear");
  if (match !== undefined) return match.venueSymbol;
  const known = adapter.defaultInstrument(coin);
  if (known !== null) return known.venueSymbol;
  const own = /(USDT?|USDC|PERP)(_\w+)?$|-|:|^k[A-Z]/.test(text);
  return own ? text : adapter.defaultVenueSymbol(coin);
}

function parseFile(adapter: VenueAdapter, kind: PayloadKind, file: string, context: ParseContext): ParseResult {
  const text = readText(file);
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch (error) {
    const reason = `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
    const reject = { venue: adapter.id, kind, path: "$", reason, sample: text.slice(0, 120) };
    return { observations: [], instruments: [], brackets: [], rejects: [reject] };
  }
  return adapter.parse(kind, payload, context);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
