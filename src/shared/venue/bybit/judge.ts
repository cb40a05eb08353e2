// What Bybit's answers mean.
import { MINUTE_MS } from "../../time/clock.ts";
import {
  type BodyRule,
  excerpt,
  fieldOf,
  judgeJson,
  maintenance,
  malformed,
  OK,
  rateLimited,
} from "../json-verdict.ts";
import type { Answer, Verdict } from "../venue.ts";

/** How long the address stays locked out after too many requests. */
const LOCKOUT_MS = 10 * MINUTE_MS;
const SUCCESS = 0;
const PARAMETER = 10_001;
const TOO_MANY_VISITS = 10_006;
const RESTRICTED: readonly unknown[] = [10_009, 10_024];
const SERVER_TROUBLE: readonly unknown[] = [10_000, 10_016];

/** Judges an answer: `retCode` decides, since errors come with HTTP 200; a 403 is a place or a lockout. */
export function judge(answer: Answer): Verdict {
  if (answer.status === 403 && /access too frequent/i.test(answer.text)) {
    return { type: "banned", reason: `HTTP 403: ${excerpt(answer)}`, untilMs: null, forMs: LOCKOUT_MS };
  }
  return judgeJson(answer, rule);
}

const rule: BodyRule = (body, answer) => {
  const code = fieldOf(body, "retCode");
  if (code === undefined) return answer.status === 200 ? malformed("the body has no retCode") : null;
  if (code === SUCCESS) return answer.status === 200 ? OK : null;
  const reason = `${String(code)}: ${String(fieldOf(body, "retMsg") ?? "").slice(0, 120)}`;
  // the venue's own example of a bad parameter is the symbol: the only one of ours that can go out of date
  if (code === PARAMETER) return { type: "bad-symbol", reason };
  if (code === TOO_MANY_VISITS) return rateLimited(answer, reason);
  if (RESTRICTED.includes(code)) return { type: "blocked", reason };
  if (SERVER_TROUBLE.includes(code)) return maintenance(answer, reason);
  return answer.status === 200 ? malformed(reason) : null;
};
