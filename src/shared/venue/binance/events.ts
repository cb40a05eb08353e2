// Messages of Binance's streams: bare, in the combined wrapper, or several in a list.
import { type Reading, reject } from "../reading.ts";

/** The event inside a message: `{stream, data}` is unwrapped; anything else is itself. */
export function unwrap(message: unknown): { event: unknown; path: string } {
  if (typeof message === "object" && message !== null && "stream" in message && "data" in message) {
    return { event: message.data, path: "$.data" };
  }
  return { event: message, path: "$" };
}

/** The product of an event: `st` 1 is USD-M, 2 coin-margined; older USD-M events carry none. */
const USD_MARGINED = 1;
const COIN_MARGINED = 2;

/**
 * Calls `read` for each event of a type. Coin-margined events share the stream and are skipped; events of another type
 * are rejects.
 */
export function forEachUsdMargined(
  reading: Reading,
  message: unknown,
  type: string,
  read: (event: object, path: string) => void,
): void {
  const { event, path } = unwrap(message);
  const events: [unknown, string][] = Array.isArray(event)
    ? event.map((one: unknown, i) => [one, `${path}[${i}]`])
    : [[event, path]];
  for (const [one, at] of events) {
    if (typeof one !== "object" || one === null || Reflect.get(one, "e") !== type) {
      reject(reading, at, `is not a ${type} event`, one);
      continue;
    }
    const product: unknown = Reflect.get(one, "st") ?? USD_MARGINED;
    if (product === COIN_MARGINED) continue;
    if (product === USD_MARGINED) read(one, at);
    else reject(reading, `${at}.st`, "names no known product", product);
  }
}
