// What Gate's answers mean.
import { type BodyRule, fieldOf, judgeJson, maintenance, malformed, rateLimited } from "../json-verdict.ts";
import type { Answer, Verdict } from "../venue.ts";

const TOO_MANY_REQUESTS: readonly unknown[] = ["TOO_MANY_REQUESTS", "TOO_FAST"];
const SERVER_TROUBLE: readonly unknown[] = ["INTERNAL", "SERVER_ERROR", "TOO_BUSY"];
const UNKNOWN_CONTRACT: readonly unknown[] = ["CONTRACT_NOT_FOUND"];

/** Judges an answer: data has no envelope, an error is `{label, message}`. */
export function judge(answer: Answer): Verdict {
  return judgeJson(answer, rule);
}

const rule: BodyRule = (body, answer) => {
  const label = fieldOf(body, "label");
  if (typeof label !== "string") {
    const isData = typeof body === "object" && body !== null;
    return answer.status === 200 && !isData ? malformed("the body is neither a list nor an object") : null;
  }
  const reason = `${label}: ${String(fieldOf(body, "message") ?? "").slice(0, 120)}`;
  if (TOO_MANY_REQUESTS.includes(label)) return rateLimited(answer, reason);
  if (SERVER_TROUBLE.includes(label)) return maintenance(answer, reason);
  if (UNKNOWN_CONTRACT.includes(label)) return { type: "bad-symbol", reason };
  return answer.status < 403 ? malformed(reason) : null;
};
