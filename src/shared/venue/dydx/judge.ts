// What the answers of the dYdX indexer mean.
import { type BodyRule, fieldOf, judgeJson } from "../json-verdict.ts";
import type { Answer, Verdict } from "../venue.ts";

/** Judges an answer by its HTTP status; a refusal names what it refuses in `errors`. */
export function judge(answer: Answer): Verdict {
  return judgeJson(answer, rule);
}

const rule: BodyRule = (body, answer) => {
  if (answer.status !== 400 && answer.status !== 404) return null;
  const errors = fieldOf(body, "errors");
  const message = Array.isArray(errors) ? fieldOf(errors[0], "msg") : undefined;
  if (typeof message !== "string" || !/ticker|market/i.test(message)) return null;
  return { type: "bad-symbol", reason: message.slice(0, 120) };
};
