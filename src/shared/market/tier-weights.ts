// Leverage weights of a reader's own: the share of opened size that a tier is taken to have. The map is re-weighted when it
// is read, w'/w per tier (exact to first order); a tier that is not named keeps the model's weight.
import { TIERS, type Tier, type TierWeights } from "./filter.ts";

/** Shares of one whole. */
const MOST = 1;

/** Reads `5:0.2,10:0.14`; says what is wrong with it. */
export function parseTierWeights(text: string): TierWeights | { error: string } {
  const weights: Partial<Record<Tier, number>> = {};
  let sum = 0;
  for (const part of text.split(",")) {
    const [, name = "", value = ""] = /^\s*(\d{1,4}):(\d{1,3}(?:\.\d{1,9})?|\.\d{1,9})\s*$/.exec(part) ?? [];
    if (name === "") return { error: `holds "${part.slice(0, 40)}", expected tier:weight such as 25:0.06` };
    const tier = TIERS.find((one) => one === Number(name));
    if (tier === undefined) return { error: `names tier ${name}, expected some of ${TIERS.join(", ")}` };
    if (weights[tier] !== undefined) return { error: `names tier ${name} twice` };
    weights[tier] = Number(value);
    sum += Number(value);
  }
  // a tenth of a millionth for sums that are 1 in decimals
  if (sum > MOST + 1e-7) return { error: `add up to ${sum}, expected at most ${MOST}` };
  return weights;
}

/** Canonical text, tiers in order. */
export function formatTierWeights(weights: TierWeights): string {
  return TIERS.flatMap((tier) => (weights[tier] === undefined ? [] : `${tier}:${weights[tier]}`)).join(",");
}
