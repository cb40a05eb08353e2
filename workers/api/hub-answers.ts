// Asking a hub: equal questions within a second share one call, so that a rush of clients reaches it once.

import type { HistoryQuery, HubHistory, HubLive, SplitMap } from "../../durable-objects/hub/answers.ts";
import type { HubContext } from "../../durable-objects/hub/context-answer.ts";
import type { FlowsQuery, HubFlows } from "../../durable-objects/hub/flow-columns.ts";
import type { HubReport } from "../../durable-objects/hub/report.ts";
import { ApiError } from "../../src/shared/error/api-error.ts";
import type { MapFilter } from "../../src/shared/market/filter.ts";
import { formatFilter } from "../../src/shared/market/filter-key.ts";
import type { SymbolId } from "../../src/shared/market/symbol.ts";

/** How long an answer is shared, wall time. */
const SHARED_MS = 1_000;
/** A hub that restores its state may take a moment; one that takes longer is not reachable. */
const PATIENCE_MS = 10_000;
const MAX_ENTRIES = 256;

const answers = new Map<string, { at: number; answer: Promise<unknown> }>();

export function askReport(env: Cloudflare.Env, symbol: SymbolId): Promise<HubReport> {
  return ask(`report|${symbol}`, () => env.SYMBOL_HUB.getByName(symbol).report() as Promise<HubReport>);
}

export function askContext(env: Cloudflare.Env, symbol: SymbolId): Promise<HubContext> {
  return ask(`context|${symbol}`, () => env.SYMBOL_HUB.getByName(symbol).context() as Promise<HubContext>);
}

export function askLive(
  env: Cloudflare.Env,
  symbol: SymbolId,
  filter: MapFilter,
  intervalMs: number,
): Promise<HubLive> {
  const plain = { ...filter, delta: null };
  return ask(
    `live|${symbol}|${intervalMs}|${formatFilter(plain)}`,
    () => env.SYMBOL_HUB.getByName(symbol).live(plain, intervalMs) as Promise<HubLive>,
  );
}

export function askHistory(env: Cloudflare.Env, symbol: SymbolId, query: HistoryQuery): Promise<HubHistory> {
  const { filter, ...rest } = query;
  return ask(
    `history|${symbol}|${formatFilter(filter)}|${JSON.stringify(rest)}`,
    () => env.SYMBOL_HUB.getByName(symbol).history(query) as Promise<HubHistory>,
  );
}

export function askFlows(env: Cloudflare.Env, symbol: SymbolId, query: FlowsQuery): Promise<HubFlows> {
  const { filter, ...rest } = query;
  return ask(
    `flows|${symbol}|${formatFilter(filter)}|${JSON.stringify(rest)}`,
    () => env.SYMBOL_HUB.getByName(symbol).flows(query) as Promise<HubFlows>,
  );
}

export function askMap(env: Cloudflare.Env, symbol: SymbolId, filter: MapFilter): Promise<SplitMap> {
  return ask(
    `map|${symbol}|${formatFilter(filter)}`,
    () => env.SYMBOL_HUB.getByName(symbol).map(filter) as Promise<SplitMap>,
  );
}

function ask<T>(key: string, call: () => Promise<T>): Promise<T> {
  return share(key, () => withPatience(call()));
}

/** Equal questions within a second get the same answer, and its work is done once. */
export function share<T>(key: string, call: () => Promise<T>): Promise<T> {
  const now = Date.now();
  const known = answers.get(key);
  if (known !== undefined && now - known.at < SHARED_MS) return known.answer as Promise<T>;
  const answer = call();
  answers.set(key, { at: now, answer });
  answer.catch(() => answers.delete(key));
  for (const [old, entry] of answers) {
    if (answers.size <= MAX_ENTRIES && now - entry.at < SHARED_MS) break;
    if (old !== key) answers.delete(old);
  }
  return answer;
}

async function withPatience<T>(answer: Promise<T>): Promise<T> {
  const late = AbortSignal.timeout(PATIENCE_MS);
  const gaveUp = new Promise<never>((_, reject) => {
    late.addEventListener("abort", () => reject(new Error(`no answer within ${PATIENCE_MS} ms`)));
  });
  try {
    return await Promise.race([answer, gaveUp]);
  } catch (error) {
    throw new ApiError("unavailable", "the map of this symbol cannot be read right now; try again in a moment", {
      cause: error,
    });
  }
}
