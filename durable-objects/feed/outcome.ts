// What came of a request: the venue's verdict on its answer, or a failure before there was one.
import type { VenueAdapter, Verdict } from "../../src/shared/venue/venue.ts";
import type { HttpResult } from "./exchange-http.ts";

export type Refusal = Exclude<Verdict, { type: "ok" }>;

export type Outcome =
  | { type: "ok"; payload: unknown }
  | Refusal
  /** No usable answer arrived: time-out, broken connection, over the size limit. */
  | { type: "failed"; reason: string };

export function judgeResult(adapter: Pick<VenueAdapter, "judge">, result: HttpResult): Outcome {
  if (result.type === "failed") {
    return result.failure === "redirected"
      ? { type: "malformed", reason: result.reason }
      : { type: "failed", reason: `${result.failure}: ${result.reason}` };
  }
  const verdict = adapter.judge(result.answer);
  if (verdict.type !== "ok") return verdict;
  try {
    return { type: "ok", payload: JSON.parse(result.answer.text) };
  } catch {
    const { text } = result.answer;
    return { type: "malformed", reason: `body of ${text.length} characters was not JSON: ${text.slice(0, 60)}` };
  }
}
