/** Eight significant digits: what sums of reported figures are stored and shown with, and no noise of their additions. */
export function significant(value: number): number {
  return Number(value.toPrecision(8));
}
