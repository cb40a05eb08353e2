// The Worker on this machine: local D1, KV and Durable Objects from wrangler.toml, and a cron that really ticks.
import { spawnSync } from "node:child_process";
import { createServer } from "node:net";

export interface LocalWorker {
  url: string;
  stop(): Promise<void>;
}

/** The platform's cron fires once a minute of market time; locally nobody else does it. */
const CRON_MS = 60_000;
const CRON_LEAST_MS = 2_000;

/** Applies D1 migrations and starts the Worker with `vars` over those of wrangler.toml. */
export async function startWorker(options: {
  port: number;
  persist: string;
  vars: Record<string, string>;
  speed: number;
  log: (line: string) => void;
}): Promise<LocalWorker> {
  process.env["CLOUDFLARE_CF_FETCH_ENABLED"] = "false";
  process.env["WRANGLER_SEND_METRICS"] = "false";
  migrate(options.persist);
  const bindings = Object.fromEntries(
    Object.entries(options.vars).map(([name, value]) => [name, { type: "plain_text" as const, value }]),
  );
  // loaded only now: a refusal should not wait for it
  const { unstable_startWorker } = await import("wrangler");
  const worker = await unstable_startWorker({
    config: "wrangler.toml",
    bindings,
    dev: {
      persist: options.persist,
      server: { hostname: "127.0.0.1", port: options.port },
      inspector: false,
      watch: false,
      liveReload: false,
      logLevel: "warn",
      remote: false,
    },
  });
  await worker.ready;
  const url = `http://127.0.0.1:${options.port}`;
  const tick = () =>
    fetch(`${url}/cdn-cgi/handler/scheduled?cron=${encodeURIComponent("* * * * *")}`)
      .then((response) => response.arrayBuffer())
      .catch((error: unknown) => options.log(`cron: ${error instanceof Error ? error.message : String(error)}`));
  // "ready" comes before the Worker's own process is there; its first answer does not
  await tick();
  const cron = setInterval(() => void tick(), Math.max(CRON_LEAST_MS, CRON_MS / options.speed));
  return {
    url,
    async stop() {
      clearInterval(cron);
      await worker.dispose();
    },
  };
}

function migrate(persist: string): void {
  const wrangler = "node_modules/wrangler/bin/wrangler.js";
  const args = [wrangler, "d1", "migrations", "apply", "DB", "--local", "--persist-to", persist];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, CI: "1" },
  });
  if (status !== 0) throw new Error(`database migrations failed: ${`${stderr}${stdout}`.trim().slice(0, 500)}`);
}

/** True when the port of the loopback address is free, at once or within two seconds: an ended process lets go of it late. */
export async function becomesFree(port: number): Promise<boolean> {
  for (let tries = 0; tries < 10; tries++) {
    if (await isPortFree(port)) return true;
    await new Promise((wait) => setTimeout(wait, 200));
  }
  return false;
}

/** True when nothing listens on the port of the loopback address. */
function isPortFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once("error", () => settle(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => settle(true)));
  });
}
