// Chromium for tests and measurements of the page, software raster, no network beyond this machine.
// CHROMIUM_PATH names one that is installed, where the packed one (Linux) does not run.
import packed from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

export async function launchBrowser(more: string[] = []): Promise<Browser> {
  // one process for everything cannot close a page without taking the browser along
  const args = packed.args.filter((arg) => arg !== "--single-process");
  const executablePath = process.env["CHROMIUM_PATH"] ?? (await packed.executablePath());
  return chromium.launch({ executablePath, args: [...args, "--no-sandbox", ...more] });
}
