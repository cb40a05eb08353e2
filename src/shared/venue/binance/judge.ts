// What Binance's answers mean.

import { type BodyRule, banned, fieldOf, judgeJson, maintenance, malformed, rateLimited } from "../json-verdict.ts";
import { TIME_MS } from "../num.ts";
import type { Answer, Verdict } from "../venue.ts";

const TOO_MANY_REQUESTS = -1003;
const INVALID_SYMBOL = -1121;
const INVALID_SYMBOL_STATUS = -1122;
const UNKNOWN_ERROR = -1000;
/** Disconnected, timed out, overloaded: the venue's own trouble. */
const SERVER_TROUBLE: readonly unknown[] = [UNKNOWN_ERROR, -1001, -1006, -1007, -1008, -1016];

/** Judges an answer. A success has no `code`; a body with code 0 is the block of a place. */
export function judge(answer: Answer): Verdict {
  return judgeJson(answer, rule);
}

const rule: BodyRule = (body, answer) => {
  const code = fieldOf(body, "code");
  if (code === undefined) return body === null && answer.status === 200 ? malformed("the body is null") : null;
  const message = String(fieldOf(body, "msg") ?? "");
  const reason = `${String(code)}: ${message.slice(0, 120)}`;
  if (answer.status === 418) return banned(answer, endOfBan(message));
  if (code === 0) return { type: "blocked", reason };
  if (code === TOO_MANY_REQUESTS) {
    const untilMs = endOfBan(message);
    return untilMs === null ? rateLimited(answer, reason) : banned(answer, untilMs);
  }
  if (code === INVALID_SYMBOL || code === INVALID_SYMBOL_STATUS) return { type: "bad-symbol", reason };
  if (SERVER_TROUBLE.includes(code)) return maintenance(answer, reason);
  return answer.status === 200 ? malformed(reason) : null;
};

/** The end of a ban in EpochMs, as the message states it; null when it does not. */
function endOfBan(message: string): number | null {
  const until = Number(/banned until (\d{13})\b/.exec(message)?.[1]);
  return until >= TIME_MS.min && until <= TIME_MS.max ? until : null;
}
