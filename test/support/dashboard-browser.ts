// Chromium for tests and measurements of the page, software raster, no network beyond this machine.
import packed from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

export async function launchBrowser(more: string[] = []): Promise<Browser> {
  // one process for everything cannot close a page without taking the browser along
  const args = packed.args.filter((arg) => arg !== "--single-process");
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...args, "--no-sandbox", ...more] });
}
