// Asks for the euro's rate. Never throws: without an answer there is a reason, and no rate.
import type { ExchangeRate } from "../../src/shared/market/currency.ts";
import { EURO_RATE_PATH, parseEuroRate } from "../../src/shared/venue/euro-rate.ts";
import type { Send } from "./exchange-http.ts";

export async function fetchEuroRate(send: Send): Promise<ExchangeRate | { error: string }> {
  const result = await send({ method: "GET", path: EURO_RATE_PATH, body: null });
  if (result.type === "failed") return { error: result.reason };
  if (result.answer.status !== 200) return { error: `status ${result.answer.status}` };
  try {
    return parseEuroRate(JSON.parse(result.answer.text));
  } catch {
    return { error: "the answer is no JSON" };
  }
}
