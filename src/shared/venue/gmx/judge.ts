// What GMX's answers mean.
import { type BodyRule, fieldOf, judgeJson } from "../json-verdict.ts";
import type { Answer, Verdict } from "../venue.ts";

/** Judges an answer by its HTTP status; a token that is not there is named in `error` or `message`. */
export function judge(answer: Answer): Verdict {
  return judgeJson(answer, rule);
}

const rule: BodyRule = (body, answer) => {
  if (answer.status !== 400 && answer.status !== 404) return null;
  const message = fieldOf(body, "error") ?? fieldOf(body, "message");
  if (typeof message !== "string" || !/token|market/i.test(message)) return null;
  return { type: "bad-symbol", reason: message.slice(0, 120) };
};
