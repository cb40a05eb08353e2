// Tweedie deviance of power 1.5: between Poisson and Gamma, defined for zeros, and less ruled by one freak hour than squares.
//   d(y, μ) = 2·( −4·√y + 2·y/√μ + 2·√μ )
// Zero at y = μ, and d(c·y, c·μ) = √c · d(y, μ): observations are divided by a mean before several markets are added.

/** Returns the deviance of one observation y ≥ 0 under the mean μ > 0. */
export function tweedieDeviance(observed: number, mean: number): number {
  const root = Math.sqrt(mean);
  return 2 * (-4 * Math.sqrt(observed) + (2 * observed) / root + 2 * root);
}

/** Returns the summed deviance; the columns have one length. */
export function sumDeviance(observed: readonly number[], means: readonly number[]): number {
  return observed.reduce((sum, y, i) => sum + tweedieDeviance(y, means[i] ?? 0), 0);
}

/** Returns the share of the null deviance that is explained: 1 perfect, 0 no better than the mean; NaN without null deviance. */
export function explained(deviance: number, nullDeviance: number): number {
  return nullDeviance > 0 ? 1 - deviance / nullDeviance : Number.NaN;
}
