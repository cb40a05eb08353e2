// The largest levels as a table: what the chart shows, readable without seeing it.

import { formatDistance, formatPrice, formatUsd } from "../../shared/display/format.ts";
import { APART, largestPeaks } from "../grid/levels.ts";
import { map, price, view } from "../state/store.ts";
import { MODE_NAMES } from "../text/names.ts";

const LEVELS = 20;

export function LevelsTable() {
  const { filter } = view.value;
  const signed = filter.delta !== null;
  const now = price.value;
  const ranked = map.value === null || now === null ? [] : largestPeaks(map.value.levels, now, LEVELS);
  return (
    <section class="panel levels" id="levels" tabIndex={-1} aria-labelledby="levels-title">
      <h2 id="levels-title">
        {signed ? `Largest changes, last ${filter.delta}` : `Largest levels: ${MODE_NAMES[filter.mode].toLowerCase()}`}
      </h2>
      <p class="quiet">Each side's at least {APART * 100} % apart.</p>
      {ranked.length === 0 ? (
        <p class="quiet">No level has size under this filter.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Side</th>
              <th scope="col" class="number">
                Price
              </th>
              <th scope="col" class="number">
                Distance
              </th>
              <th scope="col" class="number">
                USD
              </th>
              <th scope="col" class="number">
                Leverage
              </th>
            </tr>
          </thead>
          <tbody>
            {ranked.map(({ side, price: at, usd, distance, level }) => (
              <tr key={`${side} ${at}`}>
                <td>
                  <i class={`swatch ${side}s ${usd < 0 ? "falling" : ""}`} aria-hidden="true" />
                  {side === "long" ? "Longs" : "Shorts"}
                </td>
                <td class="number">{formatPrice(at)}</td>
                <td class="number">{formatDistance(distance)}</td>
                <td class="number">
                  <strong>{formatUsd(usd, signed)}</strong>
                </td>
                <td class="number">{mainLeverage(level.byLeverage)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The leverage with the largest part of a level. */
function mainLeverage(byLeverage: Record<string, number>): string {
  let main = "–";
  let largest = 0;
  for (const [tier, usd] of Object.entries(byLeverage)) {
    if (Math.abs(usd) <= largest) continue;
    largest = Math.abs(usd);
    main = `${tier}×`;
  }
  return main;
}
