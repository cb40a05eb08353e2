// What exchanges answer to the subscriptions of their streams: no market data, but a refusal must not pass for silence.
import { printed, type Reading, reject } from "./reading.ts";
import type { SubscriptionAnswer } from "./venue.ts";

export const ACCEPTED: SubscriptionAnswer = { accepted: true };

const REASON_LENGTH = 120;

/** A refusal in the exchange's own words. */
export function refused(...words: unknown[]): SubscriptionAnswer {
  const said = words.filter((word) => word !== undefined && word !== null && word !== "").map(printed);
  return { accepted: false, reason: said.join(": ").slice(0, REASON_LENGTH) || "no reason given" };
}

/** Returns the reader of these answers: a refusal is a reject with the exchange's reason. */
export function subscriptionReader(answerOf: (payload: unknown) => SubscriptionAnswer | null) {
  return (reading: Reading, payload: unknown): void => {
    const answer = answerOf(payload);
    if (answer === null) {
      reject(reading, "$", "answers no subscription", payload);
      return;
    }
    reading.result.about = "the answer to a subscription: no market data";
    if (!answer.accepted) reject(reading, "$", `the subscription was refused: ${answer.reason}`, payload);
  };
}
