// The options of the type that is open.
import { AGES, DELTAS, TIERS } from "../../shared/market/filter.ts";
import { isVenueId, VENUES } from "../../shared/market/symbol.ts";
import { openType, setFilter, symbols, view } from "../state/store.ts";
import { EXCHANGE_NAMES } from "../text/names.ts";
import { toggleItem } from "../view/types.ts";
import { Choice } from "./choice.tsx";

export function TypeOptions() {
  const { filter, symbol } = view.value;
  switch (openType.value) {
    case "aggregated":
      return <p class="hint">All exchanges, ages and leverages added up.</p>;
    case "exchange": {
      const listed = symbols.value.find((entry) => entry.symbol === symbol)?.exchanges.filter(isVenueId);
      const venues = listed === undefined || listed.length === 0 ? [...VENUES] : listed;
      return (
        <Choice
          look="chips"
          label="Exchanges, one or several"
          options={venues.map((venue) => ({ value: venue, text: EXCHANGE_NAMES[venue] ?? venue }))}
          isChosen={(venue) => filter.venues?.includes(venue) ?? true}
          onChoose={(venue) => setFilter({ ...filter, venues: toggleItem(filter.venues, venue, venues) })}
        />
      );
    }
    case "age":
      return (
        <Choice
          look="chips"
          label="Opened within"
          options={AGES.map((age) => ({ value: age, text: age === "all" ? "Any age" : `Last ${age}` }))}
          isChosen={(age) => age === filter.age}
          onChoose={(age) => setFilter({ ...filter, age })}
        />
      );
    case "leverage":
      return (
        <Choice
          look="chips"
          label="Leverage, one or several"
          options={TIERS.map((tier) => ({ value: tier, text: `${tier}×` }))}
          isChosen={(tier) => filter.tiers?.includes(tier) ?? true}
          onChoose={(tier) => setFilter({ ...filter, tiers: toggleItem(filter.tiers, tier, TIERS) })}
        />
      );
    case "delta":
      return (
        <Choice
          look="chips"
          label="Change over"
          options={[...DELTAS.map((delta) => ({ value: delta, text: `Last ${delta}` })), { value: "off", text: "Off" }]}
          isChosen={(delta) => delta === (filter.delta ?? "off")}
          onChoose={(delta) => setFilter({ ...filter, delta: DELTAS.find((each) => each === delta) ?? null })}
        />
      );
  }
}
