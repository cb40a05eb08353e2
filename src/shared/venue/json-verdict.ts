// What every venue's answers have in common; what only one says is its own rule.
import type { Answer, Verdict } from "./venue.ts";

export const OK: Verdict = { type: "ok" };

/** What a venue's own body says, or null when it says nothing special. */
export type BodyRule = (body: unknown, answer: Answer) => Verdict | null;

/**
 * Judges an answer: first by what no body can change (451, 429, HTML), then by the venue's own rule, then by status.
 * `codes` in a body are the venue's business, so the same number may mean success at one and a block at another.
 */
export function judgeJson(answer: Answer, rule: BodyRule): Verdict {
  const { status } = answer;
  const body = isJson(answer) ? parseJson(answer.text) : undefined;
  if (status === 451) return { type: "blocked", reason: `HTTP 451: ${excerpt(answer)}` };
  if (body !== undefined) {
    const own = rule(body, answer);
    if (own !== null) return own;
  }
  if (status === 418) return banned(answer, null);
  if (status === 429) return rateLimited(answer, "HTTP 429");
  if (status === 403) return { type: "blocked", reason: `HTTP 403: ${excerpt(answer)}` };
  if (status >= 500) return maintenance(answer, `HTTP ${status}`);
  if (status < 200 || status >= 300) return malformed(`HTTP ${status}: ${excerpt(answer)}`);
  if (body !== undefined) return OK;
  return malformed(isJson(answer) ? "the body is not complete JSON" : `the body is ${answer.contentType || "untyped"}`);
}

/** Rate limited, for as long as the answer says. */
export function rateLimited(answer: Answer, reason: string): Verdict {
  return { type: "rate-limited", reason, retryAfterMs: answer.retryAfterMs };
}

/** Under maintenance, for as long as the answer says. */
export function maintenance(answer: Answer, reason: string): Verdict {
  return { type: "maintenance", reason, retryAfterMs: answer.retryAfterMs };
}

/** Banned until a time if one is stated, and for the `Retry-After` of the answer if it has one. */
export function banned(answer: Answer, untilMs: number | null): Verdict {
  const reason = `HTTP ${answer.status}: ${excerpt(answer)}`;
  return { type: "banned", reason, untilMs, ...(answer.retryAfterMs === null ? {} : { forMs: answer.retryAfterMs }) };
}

export function malformed(reason: string): Verdict {
  return { type: "malformed", reason };
}

/** The first words of a body, markup left out: enough to recognise a page, short enough to print. */
export function excerpt(answer: Answer): string {
  const words = answer.text
    .slice(0, 2_000)
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
  return words.trim().slice(0, 120);
}

/** The value under a key of an unknown body, or undefined. */
export function fieldOf(body: unknown, key: string): unknown {
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, key)) return undefined;
  return Reflect.get(body, key);
}

function isJson({ contentType }: Answer): boolean {
  return /\bjson\b/i.test(contentType);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // a truncated body is told apart by the absent value
    return undefined;
  }
}
