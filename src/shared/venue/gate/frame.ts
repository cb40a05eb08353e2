// The frame around what Gate's streams send; REST answers have none.

/** Returns what a stream's message is about and where it is; a REST body as it is. */
export function unframed(payload: unknown): { body: unknown; path: string } {
  const isFrame = typeof payload === "object" && payload !== null && "channel" in payload && "result" in payload;
  return isFrame ? { body: payload.result, path: "$.result" } : { body: payload, path: "$" };
}

/** Returns the rows of a body that is a list, or a single row (a stream's update, a request for one contract). */
export function rowsIn(body: unknown, path: string): { row: unknown; path: string }[] {
  if (Array.isArray(body)) return body.map((row: unknown, i) => ({ row, path: `${path}[${i}]` }));
  return [{ row: body, path }];
}
