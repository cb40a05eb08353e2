// Measures what the heatmap adds to a frame: the same page with and without it, panned one bar per frame.
// Run: npx vite build && node test/bench/dashboard-frames.ts
import { launchBrowser } from "../support/dashboard-browser.ts";
import { startStandIn } from "../support/dashboard-stand-in.ts";

const FRAMES = 70;
const ROUNDS = 2;

const SCREENS = {
  "desktop 1440×900": { viewport: { width: 1440, height: 900 } },
  "phone 390×844 dpr 2": {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  },
} as const;

/** Runs in the page: one wheel step of panning per frame; resolves to the times between frames in ms. */
const PAN_FRAMES = `new Promise((resolve) => {
  const target = document.querySelector(".canvas canvas");
  const times = [];
  let before = performance.now();
  const step = () => {
    const now = performance.now();
    times.push(now - before);
    before = now;
    if (times.length > ${FRAMES}) {
      resolve(times.slice(10));
      return;
    }
    const deltaX = times.length % 60 < 30 ? -8 : 8;
    target?.dispatchEvent(new WheelEvent("wheel", { deltaX, bubbles: true, cancelable: true }));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})`;

const server = await startStandIn({ files: "dist/dashboard", tickMs: 0 });
// without the frame cap, time between frames is the work of a frame
const browser = await launchBrowser(["--disable-frame-rate-limit", "--disable-gpu-vsync"]);
for (const [screen, options] of Object.entries(SCREENS)) {
  for (const axis of ["log", "linear"]) {
    const samples: Record<"on" | "off", number[]> = { on: [], off: [] };
    // alternating rounds: a slow moment of the machine hits both
    for (let round = 0; round < ROUNDS; round++) {
      for (const heatmap of ["off", "on"] as const) {
        const context = await browser.newContext(options);
        const page = await context.newPage();
        await page.goto(`${server.url}/?axis=${axis}&heatmap=${heatmap}`);
        await page.waitForSelector(".overlay", { state: "detached" });
        await page.waitForTimeout(500);
        await page.locator(".canvas").focus();
        samples[heatmap].push(...(await page.evaluate<number[]>(PAN_FRAMES)));
        await context.close();
      }
    }
    const off = median(samples.off);
    const on = median(samples.on);
    console.log(
      `${screen}, ${axis}: ${off.toFixed(1)} ms without, ${on.toFixed(1)} ms with the heatmap, ratio ${(on / off).toFixed(2)}`,
    );
  }
}
await browser.close();
await server.close();

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
