// Asking the API. Every failure becomes a `Failure` with a sentence to show.
import type { MapFilter, Range } from "../../shared/market/filter.ts";
import type { EpochMs } from "../../shared/time/clock.ts";
import { apiQuery } from "../view/query.ts";
import type { HeatmapAnswer, MapAnswer, StatusAnswer, SymbolsAnswer } from "./wire.ts";

const TIMEOUT_MS = 20_000;

/** An answer with the server's clock, for the age badge. */
export interface Received<T> {
  body: T;
  /** The `Date` header plus the time the answer lay in a cache (`Age`), or null. */
  serverDateMs: EpochMs | null;
}

/** Why there is nothing to show; `detail` is a sentence for people. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly status: number | null;

  /** `status` is null when no answer came at all. */
  constructor(detail: string, status: number | null, cause?: unknown) {
    super(detail, { cause });
    this.status = status;
  }
}

export function fetchSymbols(signal?: AbortSignal): Promise<Received<SymbolsAnswer>> {
  return getJson("/v1/symbols", signal);
}

export function fetchStatus(signal?: AbortSignal): Promise<Received<StatusAnswer>> {
  return getJson("/v1/status", signal);
}

export function fetchHeatmap(
  symbol: string,
  range: Range,
  filter: MapFilter,
  signal?: AbortSignal,
): Promise<Received<HeatmapAnswer>> {
  return getJson(`/v1/heatmap/${encodeURIComponent(symbol)}?${apiQuery(range, filter)}`, signal);
}

/** The map has no time axis, so the query carries the filter alone. */
export function fetchMap(symbol: string, filter: MapFilter, signal?: AbortSignal): Promise<Received<MapAnswer>> {
  const query = new URLSearchParams(apiQuery("24h", filter));
  query.delete("range");
  const text = query.toString().replaceAll("%2C", ",");
  return getJson(`/v1/map/${encodeURIComponent(symbol)}${text === "" ? "" : `?${text}`}`, signal);
}

async function getJson<T>(path: string, signal?: AbortSignal): Promise<Received<T>> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  try {
    response = await fetch(path, {
      headers: { accept: "application/json" },
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (cause) {
    const late = cause instanceof DOMException && cause.name === "TimeoutError";
    const reason = late ? "The server took too long to answer." : "The server could not be reached.";
    throw new Failure(reason, null, cause);
  }
  if (!response.ok) throw new Failure(await problemText(response), response.status);
  const cachedSeconds = Number(response.headers.get("age") ?? "0") || 0;
  const date = Date.parse(response.headers.get("date") ?? "") + cachedSeconds * 1_000;
  try {
    return { body: (await response.json()) as T, serverDateMs: Number.isNaN(date) ? null : date };
  } catch (cause) {
    throw new Failure("The answer could not be read.", response.status, cause);
  }
}

/** The `detail` of an RFC 9457 problem, else a sentence with the status. */
async function problemText(response: Response): Promise<string> {
  if (response.headers.get("content-type")?.includes("json") === true) {
    const body: unknown = await response.json().catch(() => null);
    if (typeof body === "object" && body !== null) {
      const { detail, title } = body as { detail?: unknown; title?: unknown };
      if (typeof detail === "string") return detail;
      if (typeof title === "string") return title;
    }
  }
  return `The server answered with status ${response.status}.`;
}
