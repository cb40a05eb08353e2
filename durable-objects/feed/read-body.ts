// Reads a response body as text, never more than a limit: a body left unread holds one of six connections.

export type Body = { type: "text"; text: string } | { type: "too-large" } | { type: "truncated"; bytes: number };

/** Rejects only when the stream itself fails. */
export async function readBody(response: Response, maxBytes: number, signal: AbortSignal): Promise<Body> {
  if (response.body === null) return { type: "text", text: "" };
  const declared = declaredBytes(response);
  if (signal.aborted || (declared !== null && declared > maxBytes)) {
    await response.body.cancel().catch(() => {});
    return { type: "too-large" };
  }
  const reader = response.body.getReader();
  // cancelling makes a pending read return, so a body that never ends lets go at the time limit
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", stop, { once: true });
  try {
    const decoder = new TextDecoder();
    let text = "";
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.byteLength;
      if (bytes > maxBytes) {
        stop();
        return { type: "too-large" };
      }
      text += decoder.decode(value, { stream: true });
    }
    if (declared !== null && bytes < declared) return { type: "truncated", bytes };
    return { type: "text", text: text + decoder.decode() };
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** The announced length; unknown when the platform has decompressed the body. */
function declaredBytes(response: Response): number | null {
  const length = response.headers.get("content-length");
  if (length === null || response.headers.has("content-encoding")) return null;
  const bytes = Number(length);
  return Number.isFinite(bytes) ? bytes : null;
}
