// A hub's restart and catch-up against the bare model steps they contain.

import { JournaledHub } from "../../durable-objects/hub/journal.ts";
import { LiveView } from "../../durable-objects/hub/live-view.ts";
import { VENUES } from "../../src/shared/market/symbol.ts";
import { CELL_COUNT, ROW_COUNT } from "../../src/shared/model/book.ts";
import { FLOW_PERIOD_BYTES } from "../../src/shared/model/flow-period.ts";
import { createModel, stepBar } from "../../src/shared/model/model.ts";
import { DEFAULT_PARAMS } from "../../src/shared/model/params.ts";
import type { Benchmark, BenchResult } from "./benchmark.ts";
import { cpuMs } from "./cpu-ms.ts";
import { fillHub } from "./hub-day.ts";
import { minuteMarket } from "./minute-market.ts";

const DAY = 1_440;

function run(): BenchResult {
  fillHub(200);
  const fillMs = cpuMs(() => fillHub(DAY));
  const stepsMs = cpuMs(() => {
    for (const venue of VENUES) {
      const model = createModel({ venue, symbol: "BTC", params: DEFAULT_PARAMS });
      for (const bar of minuteMarket({ seed: 1, bars: DAY })) stepBar(model, bar);
    }
  });
  const { store, hub, settings } = fillHub(DAY);
  hub.snapshot();
  let restored = hub;
  const restoreMs = cpuMs(() => {
    restored = new JournaledHub(store, settings);
  });
  const live = new LiveView();
  const liveMs = cpuMs(() => live.at(restored.state, settings, restored.sequence));
  return {
    name: "hub",
    what: `one symbol, ${VENUES.length} exchanges, seeded market (seed 1): one day of minutes through journal, models, columns`,
    baseline: { what: `the ${VENUES.length} × ${DAY} bare model steps` },
    figures: {
      dayRatio: { value: fillMs / stepsMs, unit: "× baseline" },
      dayMs: { value: fillMs, unit: "ms CPU" },
      stepsMs: { value: stepsMs, unit: "ms CPU" },
      restoreFromSnapshotMs: { value: restoreMs, unit: "ms CPU" },
      provisionalMinuteMs: { value: liveMs, unit: "ms CPU" },
      modelStateBytes: { value: VENUES.length * (CELL_COUNT * 4 + ROW_COUNT * 16 + FLOW_PERIOD_BYTES), unit: "bytes" },
    },
  };
}

export const hubBenchmark: Benchmark = { name: "hub", run };
