// What lies under the cursor; without one, the largest level on each side of the price. Its height never changes.

import { formatDistance, formatPrice, formatUsd } from "../../shared/display/format.ts";
import { largestLevels } from "../grid/levels.ts";
import { cellFacts } from "../state/describe.ts";
import { cursor, map, price, view } from "../state/store.ts";

export function Readout() {
  const facts = cursor.value === null ? null : cellFacts(cursor.value);
  return <div class="readout">{facts === null ? <Largest /> : <Cell facts={facts} />}</div>;
}

function Cell({ facts }: { facts: NonNullable<ReturnType<typeof cellFacts>> }) {
  return (
    <>
      <span class="quiet">{facts.time}</span>
      <span>
        {facts.level} {facts.distance !== null && <span class="quiet">{facts.distance}</span>}
      </span>
      <strong>
        {facts.side !== null && <i class={`swatch ${facts.side}`} aria-hidden="true" />}
        {facts.usd} {facts.side}
      </strong>
      {facts.onTheWay !== null && <span class="quiet wide">{facts.onTheWay} between here and the price now</span>}
    </>
  );
}

const PLACES = { short: "Largest above", long: "Largest below" };
// what has gone may have stood anywhere
const CHANGES = { short: "Largest change of shorts", long: "Largest change of longs" };

function Largest() {
  const now = price.value;
  if (map.value === null || now === null) return <span class="quiet">Point at the map to read a level.</span>;
  const signed = view.value.filter.delta !== null;
  const ranked = largestLevels(map.value.levels, now, Number.POSITIVE_INFINITY);
  const above = ranked.find((each) => each.side === "short");
  const below = ranked.find((each) => each.side === "long");
  return (
    <>
      {[above, below].map(
        (each) =>
          each !== undefined && (
            <span key={each.side}>
              <i class={`swatch ${each.side}s`} aria-hidden="true" />
              <span class="quiet">{signed ? CHANGES[each.side] : PLACES[each.side]}</span>{" "}
              <strong>{formatUsd(each.usd, signed)}</strong> at {formatPrice(each.price)}{" "}
              <span class="quiet">{formatDistance(each.distance)}</span>
            </span>
          ),
      )}
    </>
  );
}
