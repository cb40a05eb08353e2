// Minutes that come late set a model back and put its half hours on record again: a change stays split.
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import type { ObservationBatch } from "../../src/shared/market/batch.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import { batch, closedMinute, DAY0, historyAnswer } from "../support/batches.ts";
import { answer, startMarketOf } from "./market.ts";

vi.setConfig({ testTimeout: 60_000 });

interface Split {
  deltaSplit: { levels: unknown[] } | null;
  deltaSplitReason: string | null;
}

const at = (minutes: number) => DAY0 + minutes * MINUTE_MS;

test("a change is split before minutes come late, when they have come, and after", async () => {
  await startMarketOf({ minutes: 190, venues: ["okx"] });
  const hub = env.SYMBOL_HUB.getByName("BTC");
  const send = (sent: ObservationBatch) => hub.ingest(sent);
  // another side each time: equal questions within a second share an answer
  const split = (side: string) => answer<Split>(`/v1/map/BTC?delta=1h&side=${side}`);

  expect(await split("both")).toMatchObject({ deltaSplit: { levels: expect.any(Array) }, deltaSplitReason: null });
  for (let minute = 190; minute < 200; minute++) {
    if (minute >= 193 && minute < 196) continue;
    const sent = closedMinute("okx", at(minute));
    const { needs } = await send(sent);
    if (needs === null) continue;
    const missing = [{ ...needs, reason: "not served" }];
    await send(batch("okx", sent.sentAt, [], { history: { range: needs, missing } }));
  }
  // a hole alone changes nothing that is not explained
  expect((await split("long")).deltaSplitReason).toBeNull();

  await send(historyAnswer("okx", at(200) + 30_000, { fromMs: at(193), toMs: at(196) }));
  expect(await split("short")).toMatchObject({ deltaSplit: { levels: expect.any(Array) }, deltaSplitReason: null });
  const play = async (from: number, to: number) => {
    for (let minute = from; minute < to; minute++) await send(closedMinute("okx", at(minute)));
  };
  await play(200, 245);
  expect(await split("both&exchange=okx")).toMatchObject({ deltaSplit: {}, deltaSplitReason: null });
  await play(245, 271);
  expect(await split("long&exchange=okx")).toMatchObject({ deltaSplit: {}, deltaSplitReason: null });
});
