// What OKX's answers mean.
import { type BodyRule, fieldOf, judgeJson, maintenance, malformed, OK, rateLimited } from "../json-verdict.ts";
import type { Answer, Verdict } from "../venue.ts";

const SUCCESS = "0";
const TOO_MANY_REQUESTS: readonly string[] = ["50011", "50061"];
const SERVER_TROUBLE: readonly string[] = ["50001", "50004", "50013", "50026"];
const UNKNOWN_INSTRUMENT: readonly string[] = ["51001", "51015", "51027", "51028"];

/** Judges an answer: `code` decides whatever the HTTP status; success is the text "0". */
export function judge(answer: Answer): Verdict {
  return judgeJson(answer, rule);
}

const rule: BodyRule = (body, answer) => {
  const code = fieldOf(body, "code");
  if (code === SUCCESS) return answer.status === 200 ? OK : null;
  if (typeof code !== "string" && typeof code !== "number") {
    return answer.status === 200 ? malformed("the body has no code") : null;
  }
  const text = String(code);
  const reason = `${text}: ${String(fieldOf(body, "msg") ?? "").slice(0, 120)}`;
  if (TOO_MANY_REQUESTS.includes(text)) return rateLimited(answer, reason);
  if (SERVER_TROUBLE.includes(text)) return maintenance(answer, reason);
  if (UNKNOWN_INSTRUMENT.includes(text)) return { type: "bad-symbol", reason };
  return answer.status === 200 ? malformed(reason) : null;
};
