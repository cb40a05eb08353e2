// Writes the results of a batch down beside the journal: what goes to D1 waits in the outbox, columns of open tiles stay here.
import type { ClosedColumn } from "../../src/shared/market/closed-column.ts";
import type { HubSink } from "./hub.ts";
import type { HubStore } from "./hub-store.ts";

export function storeSink(store: HubStore): HubSink {
  let closed: ClosedColumn[] = [];
  return {
    minutes(minutes) {
      store.enqueue("minutes", JSON.stringify(minutes));
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
    done() {
      if (closed.length > 0) store.enqueue("columns", JSON.stringify(closed));
      closed = [];
    },
  };
}
