// Sections of the report beside the primary figures: bands, the state before its path is known, clusters, known positions.

import type { MarketResult } from "./evaluate.ts";
import type { RecoveryReport } from "./recovery.ts";
import { table } from "./report-table.ts";
import type { ClusterLift } from "./state-skill.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const figure = (x: number): string => (Number.isFinite(x) ? x.toFixed(3) : "none");

/** Empty when nothing was fitted. */
export function bandSection(markets: readonly MarketResult[]): string {
  const rows = markets.flatMap(({ symbol, band }) =>
    band === null
      ? []
      : [
          [symbol, "hour", ...cells(band.hours), String(band.rows)],
          [symbol, "priors alone", ...cells(band.priors), String(band.rows)],
        ],
  );
  if (rows.length === 0) return "";
  return `## How often an 80 % band held the observed value

*Hour*: from how far observed and expected parted in the 60 train rows of the most similar expectation. *Priors alone*: the ensemble of leverage weights and
shares behind the band of a level, without the chance of an hour. It says how far the level of the map could be off; it is no band for what an hour brings,
and does not hold it.

${table(["", "band", "held", "observed below", "observed above", "rows"], rows)}`;
}

const cells = (one: { held: number; below: number; above: number }): string[] => [
  percent(one.held),
  percent(one.below),
  percent(one.above),
];

export function stateSection(markets: readonly MarketResult[]): string {
  const rows = markets.flatMap(({ symbol, stateSkill }) =>
    (stateSkill?.auc ?? []).map((one) => [
      symbol,
      `${one.hours} h`,
      one.side,
      figure(one.nearTimesVolatility),
      figure(one.volatility),
      figure(one.pastLiquidations),
      figure(one.openInterest),
      String(one.rows),
    ]),
  );
  if (rows.length === 0) return "";
  const head = [
    "",
    "next",
    "side",
    "map within 1 % × volatility",
    "volatility",
    "past 24 h",
    "open interest",
    "states",
  ];
  return `## Before the path is known

Area under the curve (0.5 = no skill) for a top-decile liquidation total of the next hours, from the state alone; test half, no fit. States of one day overlap
for 6 and 24 h: those rows hold far fewer independent cases than states.

${table(head, rows)}`;
}

export function clusterSection(markets: readonly MarketResult[]): string {
  const rows = markets.flatMap(({ symbol, stateSkill }) =>
    (stateSkill?.clusters ?? []).map((one) => lift(symbol, one)),
  );
  if (rows.length === 0) return "";
  const head = [
    "",
    "side",
    "clusters",
    "reached in 24 h",
    "control",
    "liquidated when reached, × control",
    "control 5–95 %",
  ];
  return `## Clusters against controls

The largest cluster from 0.7 to 5 % away, every six hours of the test half. Control: the same distances dealt out to other moments, 200 times. A cluster is not
reached more often than its distance alone would have it; what is liquidated when it is reached counts as more only outside the range of the controls.

${table(head, rows)}`;
}

function lift(symbol: string, one: ClusterLift): string[] {
  const { side, clusters, hits, controlHits, lift: times, controlLift } = one;
  return [
    symbol,
    side,
    String(clusters),
    String(hits),
    `${controlHits.mean.toFixed(1)} (${controlHits.low.toFixed(0)}–${controlHits.high.toFixed(0)})`,
    times.toFixed(2),
    `${controlLift.low.toFixed(2)}–${controlLift.high.toFixed(2)}`,
  ];
}

/** What the generated markets must show. */
export function recoveryVerdicts(found: RecoveryReport) {
  const { crowd, wassersteinRatio, bestNaive } = found;
  const verdict = (figure: string, value: number, target: string, met: boolean) => ({
    ...{ figure: `${crowdWords(crowd)}, ${figure}`, value, target, met },
    words: met ? "met" : `missed with ${value.toFixed(2)}`,
  });
  const mass = (figure: string, ratio: number) => verdict(figure, ratio, "0.7 to 1.4", ratio >= 0.7 && ratio <= 1.4);
  return [
    verdict(`Wasserstein ÷ best naive (${bestNaive})`, wassersteinRatio, "≤ 0.7", wassersteinRatio <= 0.7),
    mass("mass ÷ truth", found.massRatio),
    mass("mass ÷ truth, level from liquidations alone", found.forceSoldMassRatio),
  ];
}

const crowdWords = (crowd: number): string => (crowd === 1 ? "usual crowd" : `crowd × ${crowd}`);

export function recoverySection(found: readonly RecoveryReport[]): string {
  const [first] = found;
  if (first === undefined) return "";
  return `## Known positions: generated markets

The seeded market of agents knows every position. After ${first.days} days of minutes, within ±3 % of the price: distance (Wasserstein) of the normalised
profile from the true one. Weights come from the liquidations of other seeds (${first.calibrationSeeds.join(", ")}). Liquidations alone give the level of what is
force-sold: less than what stands, because stops and added margin come first. The share that is force-sold (${found.map((one) => percent(one.forceSoldShare)).join(" and ")}) is
taken from the known positions of those other seeds, never of the judged ones; both levels are judged. A real exchange publishes no positions, so there the
level stays an assumption. *Other seeds' truth* is the mean of those seeds' true profiles, a yardstick: where few positions stand near the price, the truth is a
handful of accidents, and even that yardstick is far off. A generated market is not a real one.

${found.map(crowdPart).join("\n\n")}`;
}

function crowdPart(found: RecoveryReport): string {
  const head = [
    ...["seed", "side", "positions", "map, % of price", "uncalibrated map", "other seeds' truth"],
    ...Object.keys(found.seeds[0]?.naive ?? {}),
    ...["mass ratio", "liquidations alone", "uncalibrated"],
  ];
  const rows = found.seeds.map(({ seed, side, positions, model, forceSold, uncalibrated, otherTruth, naive }) => [
    String(seed),
    side,
    String(positions),
    ...[model, uncalibrated, otherTruth, ...Object.values(naive)].map((one) => figure(one.wassersteinPercent)),
    ...[model, forceSold, uncalibrated].map((one) => one.massRatio.toFixed(2)),
  ]);
  const list = recoveryVerdicts(found).map(
    ({ figure: name, value, target, met }) =>
      `- ${name}, mean over seeds and sides: ${value.toFixed(2)}, target ${target}: ${met ? "met" : "missed"}`,
  );
  return `${list.join("\n")}
- ${crowdWords(found.crowd)}, other seeds' truth ÷ best naive: ${found.otherTruthRatio.toFixed(2)}

${table(head, rows)}`;
}
