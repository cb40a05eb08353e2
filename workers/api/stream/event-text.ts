// Messages of the stream as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).

/** Type and number stand before anything that comes from outside: within this many characters. */
const HEAD = 80;

/** One event of a message: JSON without a line break, so that `data` is one line. Null for what is no message. */
export function eventText(message: string): string | null {
  const head = message.slice(0, HEAD);
  const type = /"type":"([a-z]+)"/.exec(head)?.[1];
  const seq = /"seq":(\d+)/.exec(head)?.[1];
  return type === undefined || seq === undefined ? null : `event: ${type}\nid: ${seq}\ndata: ${message}\n\n`;
}

/** How long a client waits before it connects again, ms. */
export function retryText(retryMs: number): string {
  return `retry: ${Math.round(retryMs)}\n\n`;
}

/** A comment: it keeps proxies from taking a quiet stream for a dead one. */
export const HEARTBEAT = ": ping\n\n";
