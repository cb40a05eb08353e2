// Puts what was parsed where it will be sent from.
import type { Liquidation, Observation } from "../../src/shared/market/observation.ts";
import type { PayloadKind } from "../../src/shared/venue/venue.ts";
import type { CounterReport } from "./counters.ts";
import { Quarantine } from "./guards/quarantine.ts";
import type { LiquidationFilter } from "./liquidation-filter.ts";
import type { SymbolTrack } from "./symbol-track.ts";

export class Intake {
  readonly #tracks: readonly SymbolTrack[];
  readonly #filter: LiquidationFilter;
  readonly #counters: CounterReport;
  readonly quarantine = new Quarantine();

  constructor(tracks: readonly SymbolTrack[], filter: LiquidationFilter, counters: CounterReport) {
    this.#tracks = tracks;
    this.#filter = filter;
    this.#counters = counters;
  }

  /** Takes events for every symbol, everything else for `tracks` only: for the others it would be old at their poll. */
  take(observations: readonly Observation[], tracks: readonly SymbolTrack[], from: PayloadKind | null = null): void {
    const bySymbol = Map.groupBy(observations, ({ symbol }) => symbol);
    for (const track of this.#tracks) {
      const ours = bySymbol.get(track.symbol);
      if (ours === undefined || track.off !== null) continue;
      track.note(ours);
      const believed = this.quarantine.pass(ours);
      if (from !== null) track.needed.hear(believed, from);
      this.#takeEvents(track, believed);
      if (tracks.includes(track)) track.outbox.add(believed.filter((one) => !isLiquidation(one)));
    }
  }

  /** Takes the liquidations of a stream message; whatever else a stream carries only proves that it lives. */
  takeLiquidations(observations: readonly Observation[]): void {
    this.take(observations.filter(isLiquidation), []);
  }

  #takeEvents(track: SymbolTrack, observations: readonly Observation[]): void {
    const events = observations.filter(isLiquidation);
    const fresh = this.#filter.take(events);
    this.#counters.duplicateLiquidations += events.length - fresh.length;
    track.outbox.add(fresh);
  }
}

function isLiquidation(observation: Observation): observation is Liquidation {
  return observation.kind === "liquidation";
}
