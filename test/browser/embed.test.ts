// The widget on a page of another origin, in a real browser against a real local run.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { constructTapes } from "../support/constructed-tape.ts";
import { launchBrowser } from "../support/dashboard-browser.ts";
import { endAll, type LocalRun, startLocal, temporaryFolder, until } from "../support/local-run.ts";
import { hasHistory, untilStatus } from "../support/local-run-api.ts";

const folder = temporaryFolder();
let run: LocalRun;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

/** What a widget is asked for, how it loads, and what its frame says. */
const ASKED: [symbol: string, loading: string, words: string][] = [
  ["BINANCE:BTCUSDT", "eager", "BTC estimated liquidation levels 24h · exposed, binance ·"],
  ["BTC/USDT", "eager", "BTC estimated liquidation levels 24h · exposed ·"],
  ["ETH-USDT-SWAP", "eager", "symbol ETH-USDT-SWAP is not served here; served: BTC"],
  ["BTCUSD_PERP", "click", "symbol BTCUSD_PERP is a coin-margined contract"],
  ["../../v1/status", "click", "symbol ../../v1/status is not served here"],
  ["..", "eager", "symbol - is not served here"],
];

/** Somebody's page: the widget is far below what is on the screen at first. */
const foreign = createServer((request, response) => {
  response.setHeader("content-type", "text/html");
  if (request.url === "/asked") {
    const elements = ASKED.map(
      ([symbol, how]) => `<faultline-heatmap symbol="${symbol}" loading="${how}"></faultline-heatmap>`,
    );
    response.end(`<!doctype html>${elements.join("")}<script type="module" src="${run.url}/widget/v1.js"></script>`);
    return;
  }
  response.end(
    `<!doctype html><link rel="icon" href="data:,"><title>a blog</title><div style="height:3000px">words</div>
    <faultline-heatmap symbol="BTC" range="24h" theme="neon"></faultline-heatmap>
    <script type="module" src="${run.url}/widget/v1.js"></script>`,
  );
});

beforeAll(async () => {
  const tapes = constructTapes(join(folder.path, "tapes"));
  const flags = ["--tape", tapes.map(({ file }) => file).join(","), "--speed", "60"];
  [run, browser] = await Promise.all([startLocal(flags, join(folder.path, "state")), launchBrowser()]);
  await untilStatus(run, "history is filled", hasHistory);
  await new Promise<void>((settle) => foreign.listen(0, "127.0.0.1", settle));
  page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`);
});

afterAll(async () => {
  await browser?.close();
  foreign.close();
  endAll();
  folder.remove();
});

test("shows a picture first, and the live chart in a sandboxed frame once it is near the screen", async () => {
  const poster = page.locator("faultline-heatmap img");
  await until("the poster is drawn", async () =>
    (await poster.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)) === 960
      ? true
      : null,
  );
  expect(await page.locator("faultline-heatmap iframe").count()).toBe(0);
  await page.locator("faultline-heatmap").scrollIntoViewIfNeeded();
  const frame = page.locator("faultline-heatmap iframe");
  await frame.waitFor();
  expect(await frame.getAttribute("sandbox")).not.toContain("allow-same-origin");
  const chart = page.frameLocator("faultline-heatmap iframe");
  await chart.locator("#chart canvas").first().waitFor();
  await until("the frame says what it shows", async () =>
    (await chart.locator("#words").textContent())?.includes("BTC") === true ? true : null,
  );
  expect(complaints).toEqual([]);
});

test("shows what it is asked for, never another coin; what cannot be shown is refused in words", async () => {
  const asked = await browser.newPage({ viewport: { width: 1000, height: 700 } });
  await asked.goto(new URL("/asked", page.url()).href);
  for (const [i, [symbol, , words]] of ASKED.entries()) {
    const element = asked.locator("faultline-heatmap").nth(i);
    await until(`${symbol} is shown or refused`, async () => {
      const frame = await element
        .locator("iframe")
        .elementHandle({ timeout: 1_000 })
        .catch(() => null);
      const text = await (await frame?.contentFrame())?.locator("body").textContent();
      return text?.includes(words) === true ? true : null;
    });
  }
  await asked.close();
});

test("a script of that page reads a tile, which comes packed", async () => {
  const status = (await (await fetch(`${run.url}/v1/status`)).json()) as { modelVersion: string; asOf: number };
  const index = Math.floor((status.asOf - 1_800_000) / (64 * 300_000));
  const address = `${run.url}/v1/tiles/${status.modelVersion}/BTC/total/5m/${index}.bin`;
  const read = await page.evaluate(async (url) => {
    const response = await fetch(url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return [response.status, String.fromCharCode(...bytes.slice(0, 4)), bytes.length > 1_000];
  }, address);
  expect(read).toEqual([200, "FLT1", true]);
  const packed = await fetch(address, { headers: { "accept-encoding": "gzip" } });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  const plain = await fetch(address, { headers: { "accept-encoding": "identity" } });
  expect([plain.headers.get("content-encoding"), plain.headers.get("etag")?.startsWith('"')]).toEqual([null, true]);
  expect(new Uint8Array(await plain.arrayBuffer())).toEqual(new Uint8Array(await packed.arrayBuffer()));
  expect(complaints).toEqual([]);
});
