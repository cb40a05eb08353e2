// What Hyperliquid's answers mean.
import { type BodyRule, judgeJson } from "../json-verdict.ts";
import type { Answer, Verdict } from "../venue.ts";

/** Judges an answer by its HTTP status; `null` with a 200 is the answer for a coin or dex that does not exist. */
export function judge(answer: Answer): Verdict {
  return judgeJson(answer, rule);
}

const rule: BodyRule = (body, answer) => {
  if (body !== null || answer.status !== 200) return null;
  return { type: "bad-symbol", reason: "the body is null: no such coin" };
};
