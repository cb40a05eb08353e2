// Everything that predicts an hour's liquidations, fitted on the train rows and applied to the test rows.
import { fitGlm, logPlus, predictGlm } from "./glm.ts";
import { applyScale, fitScale, fitSums, type MapFit, mean } from "./scale.ts";
import { PLAIN_MAPS, type PlainMapName, type ScoringRow } from "./scoring-rows.ts";

/** Every predictor by name. `a+b`: the regression on both. */
export type PredictorName =
  | "mean"
  | "range"
  | "path"
  | "path+flow"
  | "model"
  | PlainMapName
  | "path+model"
  | "path+flow+model"
  | `path+${PlainMapName}`;

export interface Predictions {
  /** Predicted USD of each test row. */
  test: Record<PredictorName, number[]>;
  /** The model's expected value of each test row, scaled so that expected and observed add up to the same in the train rows. */
  expected: number[];
  /** Scale of the model's swept value: by least deviance, as the skills use it, and by equal sums. */
  modelFit: MapFit;
  sumsFit: MapFit;
  /** Mean observed value of a train row, USD: the unit in which markets are pooled. */
  unitUsd: number;
}

/** Fits on `train` and predicts `test`. The mean observed value of `train` must be above 0. */
export function predict(train: readonly ScoringRow[], test: readonly ScoringRow[]): Predictions {
  const observed = train.map((row) => row.observedUsd);
  const regress = (covariates: (row: ScoringRow) => number[]): number[] =>
    predictGlm(fitGlm(train.map(covariates), observed), test.map(covariates));
  const fits = new Map<string, MapFit>();
  const fitOf = (name: "model" | PlainMapName): MapFit => {
    const known = fits.get(name);
    if (known !== undefined) return known;
    const fit = fitScale(
      train.map((row) => mapUsd(row, name)),
      observed,
    );
    fits.set(name, fit);
    return fit;
  };
  const alone = (name: "model" | PlainMapName) =>
    applyScale(
      fitOf(name),
      test.map((row) => mapUsd(row, name)),
    );
  // a map enters by its logarithm, above its floor
  const withMap = (name: "model" | PlainMapName, covariates: (row: ScoringRow) => number[]) => {
    const { scale, floor } = fitOf(name);
    return regress((row) => [...covariates(row), logPlus(scale * mapUsd(row, name), floor)]);
  };
  const unitUsd = mean(observed);
  const sumsFit = fitSums(
    train.map((row) => mapUsd(row, "model")),
    observed,
  );
  const plain = Object.fromEntries(PLAIN_MAPS.map((name) => [name, alone(name)])) as Record<PlainMapName, number[]>;
  const pathAndPlain = Object.fromEntries(
    PLAIN_MAPS.map((name) => [`path+${name}`, withMap(name, pathCovariates)]),
  ) as Record<`path+${PlainMapName}`, number[]>;
  return {
    test: {
      mean: test.map(() => unitUsd),
      range: regress((row) => [logPlus(row.ownExcursion, EXCURSION_OFFSET)]),
      path: regress(pathCovariates),
      "path+flow": regress(pathAndFlowCovariates),
      model: alone("model"),
      ...plain,
      "path+model": withMap("model", pathCovariates),
      "path+flow+model": withMap("model", pathAndFlowCovariates),
      ...pathAndPlain,
    },
    expected: applyScale(
      sumsFit,
      test.map((row) => mapUsd(row, "model")),
    ),
    sumsFit,
    modelFit: fitOf("model"),
    unitUsd,
  };
}

function mapUsd(row: ScoringRow, name: "model" | PlainMapName): number {
  return name === "model" ? row.sweptUsd + row.diffuseUsd : row.plainUsd[name];
}

const EXCURSION_OFFSET = 2e-4;

function pathCovariates(row: ScoringRow): number[] {
  return [
    logPlus(row.ownExcursion, EXCURSION_OFFSET),
    logPlus(row.oppositeExcursion, EXCURSION_OFFSET),
    logPlus(row.realisedVolatility, 1e-9),
    logPlus(row.volumeUsd, 1),
    logPlus(row.openInterestUsd, 1),
    row.side === "long" ? 1 : 0,
  ];
}

/** The model sees the hour's own open interest and takers: alone, these must not be what it is worth. */
function pathAndFlowCovariates(row: ScoringRow): number[] {
  const against = row.side === "long" ? -row.takerImbalance : row.takerImbalance;
  return [...pathCovariates(row), row.openInterestChange, Math.abs(row.openInterestChange), against];
}
