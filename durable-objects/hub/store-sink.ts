// Writes the results of a batch down beside the journal: what goes to D1 waits in the outbox, columns of open tiles stay here.
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import type { HubStore, OutboxRow } from "./hub-store.ts";
import type { HubSink } from "./write-columns.ts";

/** Minutes or columns in one outbox row: about half a megabyte of the 2 MB a row may have. */
const PER_ROW = 1_000;

export function storeSink(store: HubStore): HubSink {
  let closed: ClosedColumn[] = [];
  const enqueue = (kind: OutboxRow["kind"], items: readonly unknown[]) => {
    for (let from = 0; from < items.length; from += PER_ROW) {
      store.enqueue(kind, JSON.stringify(items.slice(from, from + PER_ROW)));
    }
  };
  return {
    minutes(minutes) {
      enqueue("minutes", minutes);
    },
    column(column, layers) {
      store.putOpenColumn(column.intervalMs, {
        startMs: column.startMs,
        meta: JSON.stringify(column),
        layers: layers(),
      });
      closed.push(column);
    },
    cross(startMs, venue, body) {
      store.putCross(startMs, venue, body());
    },
    flows(startMs, venue, body) {
      store.putFlows(startMs, venue, body());
    },
    context(columns) {
      enqueue("context", columns);
    },
    liquidations(events) {
      enqueue("liquidations", events);
    },
    gap(gap) {
      enqueue("gaps", [gap]);
    },
    done() {
      enqueue("columns", closed);
      closed = [];
    },
  };
}
