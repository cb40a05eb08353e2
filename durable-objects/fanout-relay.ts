// Holds the clients' sockets of one symbol: hibernating, one encoded frame for all equal subscriptions.
import { DurableObject } from "cloudflare:workers";
import { CLOSE_CODES } from "../src/shared/protocol/messages.ts";
import { type Frame, Relay } from "./relay/relay.ts";
import { readAttachment, type Subscription, subscriptionKey } from "./relay/subscription.ts";

/** One object sends about 20,000 messages a second; 2,000 sockets leave it idle most of each second. */
const MAX_SOCKETS = 2_000;

export class FanoutRelay extends DurableObject<Cloudflare.Env> {
  readonly #relay = new Relay();

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    // heartbeats are answered without waking the object
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /**
   * Opens a client's socket: query `symbol`, `filter` (canonical), `intervalMs`, `format`, and `since` to resume.
   * `holder` names who opens it, `streams` how many that one may have open here. Where there is no room, a socket that
   * closes with the reason; with `refuse=status` a 429, for who passes the stream on as something else.
   */
  override async fetch(request: Request): Promise<Response> {
    const query = new URL(request.url).searchParams;
    const subscription: Subscription = {
      filter: query.get("filter") ?? "",
      intervalMs: Number(query.get("intervalMs")),
      format: query.get("format") === "bin" ? "bin" : "json",
    };
    const symbol = query.get("symbol") ?? "";
    const since = query.get("since");
    const { 0: client, 1: server } = new WebSocketPair();
    const holder = `holder:${query.get("holder") ?? "nobody"}`;
    const held = this.ctx.getWebSockets(holder).filter((socket) => socket.readyState === WebSocket.OPEN).length;
    const isFull =
      this.ctx.getWebSockets().length >= MAX_SOCKETS || held >= Number(query.get("streams") ?? MAX_SOCKETS);
    if (isFull) {
      if (query.get("refuse") === "status") return new Response(null, { status: 429 });
      server.accept();
      server.close(CLOSE_CODES["too-many-sockets"], "too many sockets: try again later");
      return new Response(null, { status: 101, webSocket: client });
    }
    const key = subscriptionKey(subscription);
    this.ctx.acceptWebSocket(server, [key.slice(0, 256), holder]);
    const missed = since === null ? null : this.#relay.after(key, Number(since));
    const first = missed ?? (await this.#column(symbol, key));
    for (const frame of first) server.send(frame.body);
    // from here on the socket takes part: before, a frame could have overtaken the column that it changes
    server.serializeAttachment({ ...subscription, heldSeq: first.at(-1)?.seq ?? Number(since) });
    return new Response(null, { status: 101, webSocket: client });
  }

  /** The whole column, and the frames that came while the hub was asked for it. */
  async #column(symbol: string, key: string): Promise<Frame[]> {
    const snapshot = await this.env.SYMBOL_HUB.getByName(symbol).subscribe(key);
    return [snapshot, ...(this.#relay.after(key, snapshot.seq) ?? [])];
  }

  /** Sends a tick's frames; answers the keys that nobody here listens to any more. */
  publish(frames: Frame[]): string[] {
    const idle: string[] = [];
    for (const frame of frames) {
      const sockets = this.ctx.getWebSockets(frame.key.slice(0, 256));
      if (sockets.length === 0) {
        idle.push(frame.key);
        this.#relay.forget(frame.key);
        continue;
      }
      this.#relay.remember(frame);
      for (const socket of sockets) {
        const attachment = readAttachment(socket.deserializeAttachment());
        const wants = attachment !== null && attachment.heldSeq < frame.seq;
        if (wants && socket.readyState === WebSocket.OPEN) socket.send(frame.body);
      }
    }
    return idle;
  }

  /** Sends one message to everybody, outside the sequence of frames. */
  announce(text: string): void {
    for (const socket of this.ctx.getWebSockets()) {
      const joined = readAttachment(socket.deserializeAttachment()) !== null;
      if (joined && socket.readyState === WebSocket.OPEN) socket.send(text);
    }
  }

  /** Clients only listen; what they subscribe to is in the address. Heartbeats never get here. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(CLOSE_CODES["bad-request"], "this stream takes no messages but the text ping");
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    // 1005, 1006 and 1015 are reserved: they may be read but not sent
    socket.close(code === 1005 || code === 1006 || code === 1015 ? 1000 : code);
  }

  override webSocketError(): void {
    // the runtime closes the socket; nothing of the client is kept
  }
}
