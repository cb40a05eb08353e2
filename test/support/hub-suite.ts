// The rules of a hub's store: every implementation runs this suite.
import { describe, expect, test } from "vitest";
import type { HubStore } from "../../durable-objects/hub/hub-store.ts";

const MINUTE = 60_000;
const bytes = (...values: number[]) => Uint8Array.from(values);
const column = (startMs: number, mark = 1) => ({ startMs, meta: `{"mark":${mark}}`, layers: bytes(mark, 2, 3) });

/** `withStore` runs the work on a store of its own, empty at first; the second argument opens the same data afresh. */
export function hubStoreSuite(
  name: string,
  withStore: (work: (store: HubStore, reopen: () => HubStore) => void) => Promise<void>,
): void {
  const check = (title: string, work: (store: HubStore, reopen: () => HubStore) => void) =>
    test(title, () => withStore(work));

  describe(`${name}: journal and snapshot`, () => {
    check("an empty store has neither snapshot nor journal", (store) => {
      expect(store.loadSnapshot()).toBeNull();
      expect([...store.journalAfter(0)]).toEqual([]);
    });

    check("the journal gives entries after a number, oldest first, and survives reopening", (store, reopen) => {
      for (const sequence of [1, 2, 3]) store.appendJournal(sequence, bytes(sequence));
      expect([...reopen().journalAfter(1)]).toEqual([
        { sequence: 2, body: bytes(2) },
        { sequence: 3, body: bytes(3) },
      ]);
    });

    check("entries and snapshots larger than a database row come back whole", (store, reopen) => {
      const large = Uint8Array.from({ length: 4_000_003 }, (_, i) => i % 251);
      store.appendJournal(1, large);
      store.saveSnapshot(0, large);
      const [entry] = [...reopen().journalAfter(0)];
      // a deep comparison of millions of bytes takes seconds
      for (const body of [entry?.body, reopen().loadSnapshot()?.body]) {
        expect(body?.length).toBe(large.length);
        expect(body?.every((value, i) => value === i % 251)).toBe(true);
      }
    });

    check("a snapshot replaces the one before, also a longer one", (store, reopen) => {
      store.saveSnapshot(1, new Uint8Array(3_200_000).fill(7));
      store.saveSnapshot(2, bytes(1, 2));
      expect(reopen().loadSnapshot()).toEqual({ sequence: 2, body: bytes(1, 2) });
    });

    check("a store keeps what it was given, whatever happens to the caller's bytes", (store) => {
      const body = bytes(1, 2, 3);
      store.appendJournal(1, body);
      store.saveSnapshot(0, body);
      body.fill(9);
      expect([...store.journalAfter(0)][0]?.body).toEqual(bytes(1, 2, 3));
      expect(store.loadSnapshot()?.body).toEqual(bytes(1, 2, 3));
    });
  });

  describe(`${name}: transactions`, () => {
    check("work that throws leaves nothing behind", (store, reopen) => {
      store.appendJournal(1, bytes(1));
      store.setValue("key", "before");
      store.enqueue("minutes", "[1]");
      expect(() =>
        store.transact(() => {
          store.appendJournal(2, bytes(2));
          store.saveSnapshot(2, bytes(2));
          store.putOpenColumn(MINUTE, column(MINUTE));
          store.putCross(MINUTE, "okx", bytes(1));
          store.putFlows(MINUTE, "okx", bytes(1));
          store.setValue("key", "after");
          store.enqueue("minutes", "[2]");
          store.dequeue(store.outbox(1).map((row) => row.id));
          throw new Error("no");
        }),
      ).toThrow("no");
      const after = reopen();
      expect([...after.journalAfter(0)]).toEqual([{ sequence: 1, body: bytes(1) }]);
      expect(after.loadSnapshot()).toBeNull();
      expect(after.openColumns(MINUTE, 0, 9 * MINUTE)).toEqual([]);
      expect(after.cross("okx", 0, 9 * MINUTE)).toEqual([]);
      expect(after.flows("okx", 0, 9 * MINUTE)).toEqual([]);
      expect(after.value("key")).toBe("before");
      expect(after.outbox(9).map((row) => row.body)).toEqual(["[1]"]);
    });

    check("work that returns is kept, with its result", (store, reopen) => {
      expect(
        store.transact(() => {
          store.setValue("key", "kept");
          return 5;
        }),
      ).toBe(5);
      expect(reopen().value("key")).toBe("kept");
    });
  });

  describe(`${name}: columns`, () => {
    check("a column that is there never changes", (store) => {
      store.putOpenColumn(MINUTE, column(MINUTE, 1));
      store.putOpenColumn(MINUTE, column(MINUTE, 2));
      store.putCross(MINUTE, "okx", bytes(1));
      store.putCross(MINUTE, "okx", bytes(2));
      expect(store.openColumns(MINUTE, 0, 9 * MINUTE)).toEqual([column(MINUTE, 1)]);
      expect(store.cross("okx", 0, 9 * MINUTE)).toEqual([{ startMs: MINUTE, body: bytes(1) }]);
    });

    check("flows are rows of their own; a replay replaces one", (store) => {
      for (const at of [3, 1, 2]) store.putFlows(at * MINUTE, "okx", bytes(at));
      store.putFlows(2 * MINUTE, "okx", bytes(9));
      store.putFlows(2 * MINUTE, "bybit", bytes(8));
      store.putCross(2 * MINUTE, "okx", bytes(7));
      expect(store.flows("okx", 1 * MINUTE, 3 * MINUTE)).toEqual([
        { startMs: MINUTE, body: bytes(1) },
        { startMs: 2 * MINUTE, body: bytes(9) },
      ]);
      store.dropFlows(3 * MINUTE);
      expect(store.flows("okx", 0, 9 * MINUTE).map(({ startMs }) => startMs)).toEqual([3 * MINUTE]);
      expect(store.flows("bybit", 0, 9 * MINUTE)).toEqual([]);
      expect(store.cross("okx", 0, 9 * MINUTE)).toHaveLength(1);
    });

    check("ranges are half open, oldest first, one width and one exchange at a time", (store) => {
      for (const at of [3, 1, 2, 4]) {
        store.putOpenColumn(MINUTE, column(at * MINUTE));
        store.putCross(at * MINUTE, "okx", bytes(at));
      }
      store.putOpenColumn(5 * MINUTE, column(2 * MINUTE));
      store.putCross(2 * MINUTE, "bybit", bytes(9));
      const starts = (rows: { startMs: number }[]) => rows.map((row) => row.startMs / MINUTE);
      expect(starts(store.openColumns(MINUTE, 2 * MINUTE, 4 * MINUTE))).toEqual([2, 3]);
      expect(starts(store.cross("okx", 2 * MINUTE, 4 * MINUTE))).toEqual([2, 3]);
    });

    check("dropping takes what starts before a time, of one width, and cross columns of every exchange", (store) => {
      for (const at of [1, 2, 3]) {
        store.putOpenColumn(MINUTE, column(at * MINUTE));
        store.putOpenColumn(5 * MINUTE, column(at * MINUTE));
        store.putCross(at * MINUTE, "okx", bytes(at));
        store.putCross(at * MINUTE, "bybit", bytes(at));
      }
      store.dropOpenColumns(MINUTE, 3 * MINUTE);
      store.dropCross(2 * MINUTE);
      expect(store.openColumns(MINUTE, 0, 9 * MINUTE)).toHaveLength(1);
      expect(store.openColumns(5 * MINUTE, 0, 9 * MINUTE)).toHaveLength(3);
      expect(store.cross("okx", 0, 9 * MINUTE)).toHaveLength(2);
      expect(store.cross("bybit", 0, 9 * MINUTE)).toHaveLength(2);
    });
  });

  describe(`${name}: outbox and values`, () => {
    check("what waits is taken in order and goes only when told", (store, reopen) => {
      store.enqueue("minutes", "a");
      store.enqueue("columns", "b");
      store.enqueue("minutes", "c");
      const [first, second] = store.outbox(2);
      expect([first?.kind, first?.body, second?.kind, second?.body]).toEqual(["minutes", "a", "columns", "b"]);
      store.dequeue([first?.id ?? -1]);
      expect(
        reopen()
          .outbox(9)
          .map((row) => row.body),
      ).toEqual(["b", "c"]);
      store.dequeue([]);
      expect(store.outbox(9)).toHaveLength(2);
    });

    check("a value is null until it is set, then the newest", (store) => {
      expect(store.value("x")).toBeNull();
      store.setValue("x", "1");
      store.setValue("x", "2");
      expect(store.value("x")).toBe("2");
    });
  });
}
