// The hub's object in workerd: its store on SQLite, its state across evictions.
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { JournaledHub } from "../../durable-objects/hub/journal.ts";
import { SqliteHubStore } from "../../durable-objects/hub/sqlite-hub-store.ts";
import { encodeState } from "../../durable-objects/hub/state-codec.ts";
import type { IngestReply, ObservationBatch } from "../../src/shared/market/batch.ts";
import type { VenueId } from "../../src/shared/market/symbol.ts";
import { createPrng } from "../../src/shared/num/prng.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { BLOCKED, batch, closedMinute, DAY0, historyAnswer, noNews } from "../support/batches.ts";
import { hubStoreSuite } from "../support/hub-suite.ts";

// some of these play hours of a market
vi.setConfig({ testTimeout: 60_000 });

const VENUES: VenueId[] = ["binance", "bybit", "okx"];
const at = (minute: number) => DAY0 + minute * MINUTE_MS;

let objects = 0;
hubStoreSuite("SQLite store", async (work) => {
  objects += 1;
  const stub = env.SYMBOL_HUB.getByName(`STORE${objects}`);
  await runInDurableObject(stub, (_, { storage }) => {
    storage.sql.exec("DELETE FROM value");
    work(new SqliteHubStore(storage), () => new SqliteHubStore(storage));
  });
});

/** What the hub's disk says its state is, by a core of the test's own over the same store; nothing of it is the object's memory. */
function stateOnDisk(symbol: string): Promise<{ sequence: number; bytes: string }> {
  return runInDurableObject(env.SYMBOL_HUB.getByName(symbol), (_, { storage }) => {
    const settings = {
      symbol: "BTC",
      venues: VENUES.concat("hyperliquid"),
      historyMs: Number(env.HISTORY_MS),
      speed: 1,
    };
    const hub = new JournaledHub(new SqliteHubStore(storage), settings);
    return { sequence: hub.sequence, bytes: Buffer.from(encodeState(hub.state)).toString("base64") };
  });
}

const stored = (symbol: string, sql: string) =>
  runInDurableObject(env.SYMBOL_HUB.getByName(symbol), (_, { storage }) => storage.sql.exec(sql).toArray());

/** Half an hour of three exchanges, one of them away for ten minutes. */
async function halfAnHour(ingest: (sent: ObservationBatch) => Promise<IngestReply>): Promise<void> {
  for (let minute = 0; minute < 30; minute++) {
    for (const venue of VENUES) {
      const away = venue === "bybit" && minute >= 10 && minute < 20;
      const sent = away ? noNews(venue, at(minute + 1), BLOCKED) : closedMinute(venue, at(minute));
      const { needs } = await ingest(sent);
      if (needs !== null && !away) await ingest(historyAnswer(venue, sent.sentAt + 200, needs));
    }
  }
}

describe("the object", () => {
  test("evicted anywhere, it has the state, the columns and the outbox of one that never was", async () => {
    Reflect.set(env, "HISTORY_MS", String(10 * MINUTE_MS));
    const chance = createPrng(11);
    await halfAnHour((sent) => env.SYMBOL_HUB.getByName("NEVER").ingest(sent));
    let evictions = 0;
    await halfAnHour(async (sent) => {
      const stub = env.SYMBOL_HUB.getByName("OFTEN");
      const reply = await stub.ingest(sent);
      if (chance.uniform() < 0.25) {
        evictions += 1;
        await evictDurableObject(stub);
      }
      return reply;
    });
    expect(evictions).toBeGreaterThan(10);
    expect(await stateOnDisk("OFTEN")).toEqual(await stateOnDisk("NEVER"));
    // both were reached under names of their own: what carries the name is told apart
    const rows = "SELECT interval_ms, start_ms, hex(layers) AS layers FROM open_columns ORDER BY 1, 2";
    expect(await stored("OFTEN", rows)).toEqual(await stored("NEVER", rows));
    expect((await stored("NEVER", rows)).length).toBeGreaterThan(30);
    const often = await env.SYMBOL_HUB.getByName("OFTEN").report();
    const never = await env.SYMBOL_HUB.getByName("NEVER").report();
    expect(often.venues).toEqual(never.venues);
    expect(often.closedToMs).toBe(at(30));
    expect(often.worstConservationError).toBeLessThanOrEqual(1e-6);
  });

  test("a batch that cannot be applied is refused whole: neither journal nor state has changed, and the next one is taken", async () => {
    const stub = env.SYMBOL_HUB.getByName("BROKEN");
    for (const minute of [0, 1, 2]) await stub.ingest(closedMinute("okx", at(minute)));
    const before = await stateOnDisk("BROKEN");
    const live = await stub.report();
    const unknown = { ...closedMinute("okx", at(3)).observations[0], kind: "horoscope" };
    const broken = batch("okx", at(4), [...closedMinute("okx", at(3)).observations, unknown as never]);
    // called inside: a rejected RPC is also reported as unhandled in the object's own context
    await runInDurableObject(stub, (hub) => {
      expect(() => hub.ingest(broken)).toThrow("horoscope");
    });
    expect(await stateOnDisk("BROKEN")).toEqual(before);
    expect(await stub.report()).toMatchObject({ venues: live.venues, journalSequence: live.journalSequence });
    const reply = await stub.ingest(closedMinute("okx", at(3)));
    expect((await stateOnDisk("BROKEN")).sequence).toBe(before.sequence + 1);
    expect(reply.needs).not.toBeNull();
  });

  test("takes a history of days in one answer, also when all exchanges' minutes close at once", async () => {
    Reflect.set(env, "HISTORY_MS", String(2_000 * MINUTE_MS));
    const stub = env.SYMBOL_HUB.getByName("LONG");
    for (const venue of VENUES) {
      const sent = closedMinute(venue, at(0));
      const { needs } = await stub.ingest(sent);
      if (needs !== null) await stub.ingest(historyAnswer(venue, sent.sentAt, needs));
    }
    await stub.ingest(closedMinute("okx", at(1)));
    const last = await stub.ingest(closedMinute("okx", at(2)));
    expect(last.needs).toBeNull();
    while ((await stub.report()).waitingForD1 > 0) await runDurableObjectAlarm(stub);
    const row = await env.DB.prepare("SELECT count(*) AS n FROM minute_bars WHERE symbol = 'LONG'").first<{
      n: number;
    }>();
    expect(row?.n).toBeGreaterThanOrEqual(6_000);
  });
});
