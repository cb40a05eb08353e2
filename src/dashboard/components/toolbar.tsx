import { MODES, RANGES, type Range, SIDE_FILTERS } from "../../shared/market/filter.ts";
import { isVenueId } from "../../shared/market/symbol.ts";
import { historyFromMs, now, openType, setFilter, symbols, view } from "../state/store.ts";
import { MODE_NAMES, SIDE_NAMES } from "../text/names.ts";
import { isRangeReachable } from "../view/ranges.ts";
import { chooseType, isTypeActive, MAP_TYPES, TYPE_NAMES, typeDetail } from "../view/types.ts";
import { Choice } from "./choice.tsx";
import { TypeOptions } from "./type-options.tsx";

export function Toolbar() {
  const { filter } = view.value;
  return (
    <div class="toolbar">
      <div class="types">
        <TypeSwitch />
        <TypeOptions />
      </div>
      <div class="switches">
        <RangeSwitch />
        <Choice
          look="segment"
          label="Side"
          options={SIDE_FILTERS.map((side) => ({ value: side, text: SIDE_NAMES[side] }))}
          isChosen={(side) => side === filter.side}
          onChoose={(side) => setFilter({ ...filter, side })}
        />
        <Choice
          look="segment"
          label="Size"
          options={MODES.map((mode) => ({ value: mode, text: MODE_NAMES[mode] }))}
          isChosen={(mode) => mode === filter.mode}
          onChoose={(mode) => setFilter({ ...filter, mode })}
        />
      </div>
    </div>
  );
}

function TypeSwitch() {
  const { filter, symbol } = view.value;
  const ids = symbols.value.find((entry) => entry.symbol === symbol)?.exchanges ?? [];
  return (
    <Choice
      look="chips"
      label="Type of map"
      options={MAP_TYPES.map((type) => ({
        value: type,
        text: (
          <>
            {TYPE_NAMES[type]}
            {typeDetail(filter, type) !== null && <b>{typeDetail(filter, type)}</b>}
          </>
        ),
      }))}
      isChosen={(type) => isTypeActive(filter, type)}
      onChoose={(type) => {
        openType.value = type;
        setFilter(chooseType(filter, type, ids.find(isVenueId) ?? "binance"));
      }}
    />
  );
}

function RangeSwitch() {
  const reachable = (range: Range): boolean => isRangeReachable(range, historyFromMs.value, now.peek());
  return (
    <Choice
      look="segment"
      label="Range"
      options={RANGES.map((range) => ({
        value: range,
        text: range,
        disabled: !reachable(range),
        ...(reachable(range) ? {} : { title: "No history that long yet" }),
      }))}
      isChosen={(range) => range === view.value.range}
      onChoose={(range) => {
        view.value = { ...view.value, range };
      }}
    />
  );
}
