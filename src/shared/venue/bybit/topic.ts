// Messages of Bybit's streams: `{topic, data}`; acknowledgements and pongs have no topic.
import { type Reading, reject, textAt } from "../reading.ts";

/** Returns the data of a message whose topic begins so, or null after a reject. */
export function messageData(reading: Reading, payload: unknown, topicStart: string): unknown {
  const topic = textAt(payload, "topic");
  if (topic?.startsWith(topicStart) && typeof payload === "object" && payload !== null && "data" in payload) {
    if (payload.data !== null && payload.data !== undefined) return payload.data;
  }
  reject(reading, "$.topic", `is no message of ${topicStart}*`, payload);
  return null;
}
