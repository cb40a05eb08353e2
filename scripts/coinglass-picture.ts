// `npm run -s coinglass-picture -- [FLAGS]`: an existing CoinGlass client's calls with only the base URL changed, the
// heatmap drawn from the answer alone, and how far it is from the native picture of the same moment.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { encodePng } from "../workers/api/picture/png.ts";
import { makeCalls, pairOf } from "./coinglass/calls.ts";
import { type Ask, v4Client } from "./coinglass/client.ts";
import type { Difference } from "./coinglass/compare.ts";
import type { Asked } from "./coinglass/picture.ts";
import { sameMoment } from "./coinglass/same-moment.ts";

const USAGE = `usage: npm run -s coinglass-picture -- [FLAGS]

Makes the calls of an existing CoinGlass v4 client and draws its heatmap; compares it with the native picture.

  --base-url URL     where the client is pointed at (http://127.0.0.1:8787)
  --symbol COIN      BTC
  --exchange NAME    one exchange's pair, as Binance; without it the aggregated heatmap
  --model N          1, 2 or 3 (1)
  --range RANGE      12h 24h 3d 7d 30d 90d 180d 1y (24h)
  --key KEY          sent as CG-API-KEY; one of the deployment's own raises the rate, any other is not looked at (none)
  --out FILE         the picture (coinglass-picture.png)
  --help             this text

Exit code 0 when every call has its documented shape and the pictures are the same, 1 when not, 2 for wrong usage.
`;

/** Same picture: no cell and no candle apart, and at most this share of the pixels. */
const SAME_PIXELS = 0.005;
const STYLE = { width: 1_200, height: 630, theme: "dark", palette: "inferno" } as const;

class UsageError extends Error {}

function readArguments(argv: string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: argv,
      options: {
        "base-url": { ...text, default: "http://127.0.0.1:8787" },
        symbol: { ...text, default: "BTC" },
        exchange: text,
        model: { ...text, default: "1" },
        range: { ...text, default: "24h" },
        key: { ...text, default: "" },
        out: { ...text, default: "coinglass-picture.png" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function main(argv: string[]): Promise<void> {
  const values = readArguments(argv);
  if (values.help === true) return void process.stdout.write(USAGE);
  if (!["1", "2", "3"].includes(values.model)) throw new UsageError(`--model was ${values.model}, expected 1, 2 or 3`);
  const baseUrl = values["base-url"];
  const ask: Ask = (url, headers) => fetch(url, { headers });
  const client = v4Client(baseUrl, values.key, ask);
  const { data: exchanges } = await client.get<string[]>("/api/futures/supported-exchanges");
  const symbol = values.symbol.toUpperCase();
  const exchange = values.exchange ?? exchanges[0] ?? "";
  const pair = await pairOf(client, symbol, exchange);
  const outcomes = await makeCalls(client, { symbol, exchange, pair });
  for (const { call, wrong } of outcomes) process.stdout.write(`${wrong ?? "as documented"}  ${call}\n`);
  const chosen = values.exchange === undefined ? { exchange: null, pair: null } : { exchange, pair };
  const asked = { model: `model${values.model}` as Asked["model"], symbol, range: values.range, ...chosen };
  const { ours, difference } = await sameMoment(client, { baseUrl, ask }, asked, STYLE);
  writeFileSync(values.out, await encodePng(ours.pixels));
  const isDocumented = outcomes.every(({ wrong }) => wrong === null);
  const isSame = isSamePicture(difference);
  process.stdout.write(
    `${report(difference)}\n${isSame ? "the same picture" : "NOT the same picture"}: ${values.out}\n`,
  );
  if (!isDocumented || !isSame) process.exitCode = 1;
}

function isSamePicture({ cells, cellsApart, candlesApart, pixels, pixelsApart }: Difference): boolean {
  return cells > 0 && cellsApart === 0 && candlesApart === 0 && pixelsApart <= SAME_PIXELS * pixels;
}

function report({ cells, cellsApart, candles, candlesApart, pixels, pixelsApart }: Difference): string {
  const share = ((100 * pixelsApart) / pixels).toFixed(3);
  return `cells apart ${cellsApart} of ${cells}, candles apart ${candlesApart} of ${candles}, pixels apart ${pixelsApart} of ${pixels} (${share} %)`;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`coinglass-picture: ${reason}\n${error instanceof UsageError ? USAGE : ""}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
