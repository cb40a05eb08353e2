// Gate's futures stream: channel `futures.public_liquidates`, `!all` for all contracts; sizes are whole contracts without
// the header for fractions, and batches hold a second or 20 orders.
// https://www.gate.io/docs/developers/futures/ws/#public-liquidates-channel
import { type EpochMs, SECOND_MS } from "../../shared/time/clock.ts";
import { decimal } from "../decimal.ts";
import { liquidationsBetween } from "../market/event-view.ts";
import type { LiquidationEvent, Market } from "../market/market.ts";
import type { StreamSession } from "../server/sockets.ts";
import { endOfFullSecond } from "../server/throttle.ts";
import { contractsOf, seconds } from "./reply.ts";

const CHANNEL = "futures.public_liquidates";
const BATCH_ORDERS = 20;

/** Returns the session of a path below the stream prefix, or null when there is no such stream. */
export function gateStream(path: string): StreamSession | null {
  if (path !== "/v4/ws/usdt") return null;
  const wanted = new Set<string>();
  return {
    opened: () => [],
    receive: (text) => [JSON.stringify(answer(text, wanted))],
    push(markets, afterMs, now) {
      const [after, until] = [endOfFullSecond(afterMs), endOfFullSecond(now)];
      return markets
        .filter(({ contract }) => wanted.has("!all") || wanted.has(contract.venueSymbol))
        .flatMap((market) => batches(market, liquidationsBetween(market, after, until, now), now));
    },
  };
}

function answer(text: string, wanted: Set<string>): object {
  const message = parseMessage(text);
  if (message === null) return { channel: "", event: "", error: { code: 1, message: "invalid request" }, result: null };
  const { time, channel, event, payload } = message;
  if (channel === "futures.ping") return { time, channel: "futures.pong", event: "", result: null };
  if (channel !== CHANNEL)
    return { time, channel, event, error: { code: 2, message: "unknown channel" }, result: null };
  for (const name of payload) {
    if (event === "subscribe") wanted.add(name);
    else wanted.delete(name);
  }
  return { time, channel, event, payload, result: { status: "success" } };
}

function batches(market: Market, events: readonly LiquidationEvent[], now: EpochMs): string[] {
  const groups: LiquidationEvent[][] = [];
  for (const event of events) {
    const group = groups.at(-1);
    const first = group?.[0];
    const fits = first !== undefined && Math.floor(first.time / SECOND_MS) === Math.floor(event.time / SECOND_MS);
    if (group !== undefined && fits && group.length < BATCH_ORDERS) group.push(event);
    else groups.push([event]);
  }
  const { venueSymbol, pricePlaces } = market.contract;
  return groups.map((group) =>
    JSON.stringify({
      channel: CHANNEL,
      event: "update",
      time: seconds(now),
      time_ms: now,
      result: group.map(({ time, side, sizeBase, bankruptcyPrice }) => {
        const size = Math.max(1, Math.round(contractsOf(market, sizeBase)));
        const price = decimal(bankruptcyPrice, pricePlaces);
        return { price, size: side === "long" ? size : -size, time, contract: venueSymbol };
      }),
    }),
  );
}

function parseMessage(text: string): { time: unknown; channel: string; event: string; payload: string[] } | null {
  try {
    const { time, channel, event, payload } = JSON.parse(text) as Record<string, unknown>;
    if (typeof channel !== "string") return null;
    const names = Array.isArray(payload) ? payload.filter((name) => typeof name === "string") : [];
    return { time, channel, event: typeof event === "string" ? event : "", payload: names };
  } catch {
    // not JSON: refused like any other text that is no request
    return null;
  }
}
