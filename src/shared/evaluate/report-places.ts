// Sections of the report about places: where inside a range, and how far from price.
import type { Location } from "./location.ts";
import { type DistanceReport, type DistanceRow, QUANTILE_SHARES } from "./positions.ts";
import { table } from "./report-table.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export function locationSection(found: readonly Location[]): string {
  const head = [
    "",
    "events",
    "inside their bar's range",
    "without the shift",
    "shift",
    "bars × sides",
    "fifths under the map",
    "fifths, even spread",
    "unevenness, map / even",
    "centroid off, map / even, %",
    "Wasserstein, map / even, %",
  ];
  const fifths = (list: readonly number[]) => list.map((share) => share.toFixed(2)).join(" ");
  const pair = (a: number, b: number) => `${a.toFixed(3)} / ${b.toFixed(3)}`;
  const rows = found.map(({ symbol, events, inside, insideUnshifted, shift, cases, model, even }) => [
    symbol,
    String(events),
    percent(inside / events),
    percent(insideUnshifted / events),
    percent(shift),
    String(cases),
    fifths(model.fifths),
    fifths(even.fifths),
    pair(model.unevenness, even.unevenness),
    pair(model.centroidPercent, even.centroidPercent),
    pair(model.wassersteinPercent, even.wassersteinPercent),
  ]);
  const nearer = found.filter(({ model, even }) => model.wassersteinPercent < even.wassersteinPercent).length;
  const evener = found.filter(({ model, even }) => model.unevenness < even.unevenness).length;
  return `## Where inside the range

Recorded liquidations with prices against what the map held, before the bar, between the bar's open and the extreme that hurts the side. A recorded price is the
order's, at which margin is used up; it is taken back by the maintenance margin of the smallest bracket (*shift*) to the price that triggers. Events outside that range are
counted and left out. *Even* spreads over the range without a map: it is what the path alone says. Fifths: share of events in each fifth of the profile, from the open
to the extreme; 0.20 each would be a perfect profile. *Unevenness* is the largest difference from that. The map is nearer
than an even spread (Wasserstein) on ${nearer} of ${found.length} recordings, and more even on ${evener}. A first fifth above 0.20 says that more is liquidated near the open than the map has there.

${table(head, rows)}`;
}

export function distanceSection({ tape, bars, days, positions, rejected, real, map }: DistanceReport): string {
  const head = ["", ...QUANTILE_SHARES.map((share) => `p${100 * share}`), "within 3 %", "within 10 %", "within 40 %"];
  const cells = (name: string, row: DistanceRow, quantiles: readonly number[]) => [
    name,
    ...quantiles.map((value) => (Number.isFinite(value) ? value.toFixed(1) : "none")),
    ...[row.within3, row.within10, row.within40].map(percent),
  ];
  const rows = [...real, ...map].flatMap((row, i) => {
    const name = `${i < real.length ? "real" : "map"} ${row.side}s`;
    if (row.byCount === null) return [cells(name, row, row.bySize)];
    return [cells(`${name}, by size`, row, row.bySize), cells(`${name}, each once`, row, row.byCount)];
  });
  const shares = (list: readonly DistanceRow[]) => list.map(({ within10 }) => percent(within10)).join(" and ");
  return `## Distances of real positions

${positions} real positions${rejected > 0 ? ` (${rejected} rows unusable)` : ""} beside what the map holds at the end of \`${tape}\` (${bars} bars). Quantiles of the distance from price to liquidation, percent, of what lies within 40 %;
shares are of the side's whole size, positions without a liquidation price and the undrawn reservoir included.

${table(head, rows)}
Within 10 % lie ${shares(real)} of the real longs' and shorts' size, ${shares(map)} of the map's.
A difference between the two cannot be told from the cold start of a model of ${days.toFixed(1)} days (everything is undrawn until it is seen
opening; nine days are needed), nor from how the list was chosen: it holds the largest accounts, nearly all with cross margin, of one moment in another month. For these reasons
it has weight 0 as a prior. The parameters are weights of what is opened, and a list of what stands fixes those only together with how long each kind stands.`;
}
