// The page in a real headless browser against a real local run: what is drawn, and that it changes by itself.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { constructTapes, TAPE_VENUES } from "../support/constructed-tape.ts";
import { launchBrowser } from "../support/dashboard-browser.ts";
import { endAll, type LocalRun, startLocal, temporaryFolder, until } from "../support/local-run.ts";
import { hasHistory, untilStatus } from "../support/local-run-api.ts";

const SPEED = 60;
const SCREENS = [
  { name: "a phone, 390×844", options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  { name: "a desktop, 1440×900", options: { viewport: { width: 1440, height: 900 } } },
] as const;

const folder = temporaryFolder();
let run: LocalRun;
let browser: Browser;

beforeAll(async () => {
  const tapes = constructTapes(join(folder.path, "tapes"));
  const flags = ["--tape", tapes.map(({ file }) => file).join(","), "--speed", String(SPEED)];
  [run, browser] = await Promise.all([startLocal(flags, join(folder.path, "state")), launchBrowser()]);
  await untilStatus(run, "history is filled", hasHistory);
});

afterAll(async () => {
  await browser?.close();
  endAll();
  folder.remove();
});

/** An open page with what it complained about and how often it fetched and was told. */
interface Watched {
  page: Page;
  complaints: string[];
  traffic: { heatmaps: number; frames: number };
  close(): Promise<void>;
}

async function open(options: (typeof SCREENS)[number]["options"], query = ""): Promise<Watched> {
  const context = await browser.newContext({ ...options, colorScheme: "dark" });
  const page = await context.newPage();
  const complaints: string[] = [];
  const traffic = { heatmaps: 0, frames: 0 };
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("response", (response) => {
    if (response.url().includes("/v1/heatmap/")) traffic.heatmaps += 1;
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  page.on("websocket", (socket) => socket.on("framereceived", () => (traffic.frames += 1)));
  await page.goto(`${run.url}/${query}`);
  await page.waitForSelector(".overlay", { state: "detached" });
  return { page, complaints, traffic, close: () => context.close() };
}

interface Picture {
  width: number;
  height: number;
  /** Pixels with a tint: neither background, grid line nor candle. */
  coloured: number;
  /** Distinct colours among them. */
  colours: number;
  /** Candle ink of the dark theme: white without tint. */
  ink: number;
  /** Hash of the tinted pixels in the rightmost sixth of the plot: its cells, not its candles. */
  newest: number;
  /** Hash of all pixels. */
  all: number;
}

/** Reads the pixels of the plot: the largest canvas in the chart, which has heatmap and candles. */
const READ_PICTURE = `(() => {
  const canvases = [...document.querySelectorAll(".canvas canvas")];
  canvases.sort((a, b) => b.width * b.height - a.width * a.height);
  const canvas = canvases.find((each) => getComputedStyle(each).zIndex !== "2") ?? canvases[0];
  const { width, height } = canvas;
  // a copy: reading the page's own canvas would change how it is kept
  const copy = Object.assign(document.createElement("canvas"), { width, height });
  const context = copy.getContext("2d", { willReadFrequently: true });
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const picture = { width, height, coloured: 0, colours: 0, ink: 0, newest: 0, all: 0 };
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
    const colour = (r << 16) | (g << 8) | b;
    picture.all = (Math.imul(picture.all, 31) + colour) | 0;
    const tint = Math.max(r, g, b) - Math.min(r, g, b);
    if (tint < 12 && Math.max(r, g, b) > 230) picture.ink += 1;
    if (tint >= 24) {
      picture.coloured += 1;
      seen.add(colour);
      const isNewest = (i / 4) % width > (width * 5) / 6;
      if (isNewest) picture.newest = (Math.imul(Math.imul(picture.newest, 31) + i, 31) + colour) | 0;
    }
  }
  picture.colours = seen.size;
  return picture;
})()`;

const read = (page: Page): Promise<Picture> => page.evaluate<Picture>(READ_PICTURE);

/** The picture once something is drawn. */
const drawn = (page: Page): Promise<Picture> =>
  until("the chart is drawn", async () => {
    const picture = await read(page);
    return picture.ink > 0 ? picture : null;
  });

const priceOf = (page: Page) => page.locator("output.price").innerText();

describe.each(SCREENS)("on $name", ({ options }) => {
  test("cells are drawn behind the candles, and the banner says that this is a replay", async () => {
    const bare = await open(options, "?heatmap=off");
    const without = await drawn(bare.page);
    await bare.close();
    const { page, complaints, close } = await open(options);
    const picture = await until("cells are drawn", async () => {
      const now = await drawn(page);
      return now.coloured > without.coloured * 2 + 1_000 ? now : null;
    });
    expect(picture.colours).toBeGreaterThan(without.colours + 20);
    // the candles still stand out
    expect(picture.ink).toBeGreaterThan(without.ink * 0.5);
    expect(await page.locator(".banner.source").innerText()).toContain("Replay of a recorded market");
    const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    console.info(`${picture.width}×${picture.height}: ${picture.coloured} cell pixels in ${picture.colours} colours`);
    await close();
  });

  test("the newest columns, the price and the freshness change through the stream alone", async () => {
    const { page, complaints, traffic, close } = await open(options);
    await until("the stream speaks", () => (traffic.frames > 0 ? true : null));
    const badge = page.locator(".badge");
    expect(await badge.innerText()).toContain(`${TAPE_VENUES.length}/${TAPE_VENUES.length}`);
    const changed = await until(
      "the picture changes without a new heatmap",
      async () => {
        const before = { picture: await drawn(page), price: await priceOf(page), ...traffic };
        return until(
          "change",
          async () => {
            // fetched anew: not the stream's doing, so look from here on
            if (traffic.heatmaps !== before.heatmaps) throw new Error("fetched");
            const [picture, price] = [await read(page), await priceOf(page)];
            const isNew = picture.newest !== before.picture.newest && price !== before.price;
            return isNew && traffic.frames > before.frames ? { before, picture, price } : null;
          },
          { limitMs: 20_000 },
        ).catch(() => null);
      },
      { limitMs: 60_000 },
    );
    expect(changed.price).not.toBe(changed.before.price);
    expect(await badge.getAttribute("class")).toContain("fresh");
    expect(complaints).toEqual([]);
    await close();
  });

  test("another type or leverage changes the address and the picture, and the way back restores it", async () => {
    const { page, complaints, close } = await open(options);
    const all = await drawn(page);
    await choose(page, "Type of map", "Leverage");
    await page.waitForURL(/leverage=50(,|%2C)100/);
    const high = await until("the picture of high leverage", async () => {
      const now = await drawn(page);
      return now.all !== all.all && now.coloured !== all.coloured ? now : null;
    });
    await choose(page, "Leverage, one or several", "50×");
    await page.waitForURL(/leverage=100(&|$)/);
    await until("the picture of one leverage", async () => {
      const now = await drawn(page);
      return now.coloured !== high.coloured ? now : null;
    });
    await choose(page, "Type of map", "Exchange");
    await page.waitForURL(/exchange=binance/);
    await page.waitForSelector(".overlay", { state: "detached" });
    await choose(page, "Type of map", "Aggregated");
    await page.waitForURL((url) => url.search === "");
    await page.goBack();
    await page.waitForURL(/exchange=binance/);
    expect(complaints).toEqual([]);
    await close();
  });

  test("axe finds no violation", async () => {
    const { page, close } = await open(options);
    await drawn(page);
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
    for (const theme of ["dark", "light"]) {
      if ((await page.evaluate("document.documentElement.dataset.theme")) !== theme) {
        await page.getByRole("button", { name: `Use the ${theme} theme` }).click();
      }
      const violations = await page.evaluate<{ id: string; impact: string; nodes: string[] }[]>(
        `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map(({ html }) => html.slice(0, 160)) })))`,
      );
      expect(violations, theme).toEqual([]);
    }
    await close();
  });
});

async function choose(page: Page, group: string, option: string): Promise<void> {
  await page.getByRole("group", { name: group }).getByRole("button", { name: option, exact: false }).click();
}
