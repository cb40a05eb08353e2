// What Bitget's answers mean.
import { type BodyRule, fieldOf, judgeJson, maintenance, malformed, OK, rateLimited } from "../json-verdict.ts";
import type { Answer, Verdict } from "../venue.ts";

const SUCCESS = "00000";
const TOO_MANY_REQUESTS: readonly unknown[] = ["429", "30007"];
/** Server upgrade, system error, service unavailable. */
const SERVER_TROUBLE: readonly unknown[] = ["40200", "40725", "40015", "45001"];
/** Removed, or no such symbol. */
const UNKNOWN_SYMBOL: readonly unknown[] = ["40309", "40034"];

/** Judges an answer: `code` decides. The edge in front of the exchange refuses some Workers with words of its own. */
export function judge(answer: Answer): Verdict {
  return judgeJson(answer, rule);
}

const rule: BodyRule = (body, answer) => {
  if (fieldOf(body, "cloudflare") === "block") {
    return { type: "blocked", reason: `HTTP ${answer.status}: refused at the exchange's edge (cloudflare: block)` };
  }
  const code = fieldOf(body, "code");
  if (code === undefined) return answer.status === 200 ? malformed("the body has no code") : null;
  if (code === SUCCESS) return answer.status === 200 ? OK : null;
  const reason = `${String(code)}: ${String(fieldOf(body, "msg") ?? "").slice(0, 120)}`;
  if (TOO_MANY_REQUESTS.includes(code)) return rateLimited(answer, reason);
  if (SERVER_TROUBLE.includes(code)) return maintenance(answer, reason);
  if (UNKNOWN_SYMBOL.includes(code)) return { type: "bad-symbol", reason };
  return answer.status === 200 ? malformed(reason) : null;
};
