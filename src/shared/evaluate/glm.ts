// Regression of liquidations on what the price path alone tells: mean = exp(β₀ + Σ βⱼ·zⱼ) with a Tweedie(1.5) loss, zⱼ the
// covariates standardised on the part it was fitted on. Fitted by iteratively reweighted least squares; a ridge of 10⁻³ per
// observation keeps nearly collinear covariates apart. β₀ is not penalised.
import { exp } from "../num/exp.ts";
import { log } from "../num/log.ts";
import { solvePositive } from "./linear-solve.ts";
import { mean } from "./scale.ts";
import { tweedieDeviance } from "./tweedie.ts";

const RIDGE = 1e-3;
const MAX_PASSES = 100;
const TOLERANCE = 1e-10;
/** Keeps a wild extrapolation finite: e^±25 of the mean. */
const MAX_LINEAR = 25;

export interface Glm {
  /** Mean observation of the fitted part: everything else is relative to it. */
  unit: number;
  intercept: number;
  /** Per standardised covariate. */
  coefficients: readonly number[];
  centres: readonly number[];
  spreads: readonly number[];
}

/** Fits on rows of covariates (all of one width) and observations ≥ 0 whose mean is above 0. */
export function fitGlm(rows: readonly (readonly number[])[], observed: readonly number[]): Glm {
  const unit = mean(observed);
  const width = rows[0]?.length ?? 0;
  const centres = columns(width, (j) => mean(rows.map((row) => row[j] ?? 0)));
  const spreads = columns(width, (j) => {
    const centre = centres[j] ?? 0;
    const spread = Math.sqrt(mean(rows.map((row) => ((row[j] ?? 0) - centre) * ((row[j] ?? 0) - centre))));
    // a covariate that does not vary says nothing
    return spread > 1e-12 * Math.max(1, Math.abs(centre)) ? spread : Number.POSITIVE_INFINITY;
  });
  const design = rows.map((row) => [1, ...standardise(row, centres, spreads)]);
  const y = observed.map((value) => value / unit);

  let beta: number[] = new Array<number>(width + 1).fill(0);
  let objective = penalised(design, y, beta);
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const target = reweighted(design, y, beta);
    if (target === null) break;
    // a full step may overshoot: halve it until it improves
    let step = 1;
    let next = target;
    let value = penalised(design, y, next);
    while (value > objective && step > 1e-6) {
      step /= 2;
      next = beta.map((b, j) => b + step * ((target[j] ?? 0) - b));
      value = penalised(design, y, next);
    }
    if (value > objective) break;
    const gained = objective - value;
    beta = next;
    objective = value;
    if (gained <= TOLERANCE * Math.abs(objective)) break;
  }
  return { unit, intercept: beta[0] ?? 0, coefficients: beta.slice(1), centres, spreads };
}

/** Returns the fitted mean of each row, in the unit of the observations. */
export function predictGlm(glm: Glm, rows: readonly (readonly number[])[]): number[] {
  const beta = [glm.intercept, ...glm.coefficients];
  return rows.map((row) => glm.unit * exp(linear([1, ...standardise(row, glm.centres, glm.spreads)], beta)));
}

/** ln(x + offset), for covariates that may be 0. */
export function logPlus(x: number, offset: number): number {
  return log(x + offset);
}

const columns = (width: number, value: (j: number) => number): number[] =>
  Array.from({ length: width }, (_, j) => value(j));

function standardise(row: readonly number[], centres: readonly number[], spreads: readonly number[]): number[] {
  return row.map((x, j) => (x - (centres[j] ?? 0)) / (spreads[j] ?? 1));
}

function linear(row: readonly number[], beta: readonly number[]): number {
  const sum = row.reduce((total, x, j) => total + x * (beta[j] ?? 0), 0);
  return Math.min(Math.max(sum, -MAX_LINEAR), MAX_LINEAR);
}

function penalised(design: readonly (readonly number[])[], y: readonly number[], beta: readonly number[]): number {
  const deviance = design.reduce((sum, row, i) => sum + tweedieDeviance(y[i] ?? 0, exp(linear(row, beta))), 0);
  const size = beta.slice(1).reduce((sum, b) => sum + b * b, 0);
  return deviance / 2 + (RIDGE * design.length * size) / 2;
}

/** One weighted least squares step: weight μ^½, working response η + (y − μ)/μ. */
function reweighted(
  design: readonly (readonly number[])[],
  y: readonly number[],
  beta: readonly number[],
): number[] | null {
  const n = beta.length;
  const matrix = columns(n, () => 0).map((_, i) => {
    const row = new Array<number>(n).fill(0);
    // the intercept is free; a dropped covariate (all 0) still needs a pivot
    row[i] = i === 0 ? 0 : RIDGE * design.length;
    return row;
  });
  const right = new Array<number>(n).fill(0);
  for (const [i, row] of design.entries()) {
    const eta = linear(row, beta);
    const mu = exp(eta);
    const weight = Math.sqrt(mu);
    const response = eta + ((y[i] ?? 0) - mu) / mu;
    for (const [j, x] of row.entries()) {
      right[j] = (right[j] ?? 0) + weight * x * response;
      const line = matrix[j];
      if (line !== undefined) for (const [k, z] of row.entries()) line[k] = (line[k] ?? 0) + weight * x * z;
    }
  }
  return solvePositive(matrix, right);
}
