// Where requests leave from: a location hint is best effort, so the real data centre is recorded.
import { withinTimeLimit } from "../actor/time-limit.ts";
import type { Fetch } from "./exchange-http.ts";

const TRACE_URL = "https://www.cloudflare.com/cdn-cgi/trace";
const TIME_LIMIT_MS = 3_000;

/** The data centre's code, or null when it cannot be learned: nothing depends on it. */
export async function fetchColo(fetch: Fetch): Promise<string | null> {
  const abort = new AbortController();
  const read = async () => (await fetch(TRACE_URL, { signal: abort.signal })).text();
  try {
    return parseColo(await withinTimeLimit(read(), TIME_LIMIT_MS, () => abort.abort()));
  } catch {
    return null;
  }
}

export function parseColo(trace: string): string | null {
  return /^colo=([A-Z]{3})$/m.exec(trace)?.[1] ?? null;
}
