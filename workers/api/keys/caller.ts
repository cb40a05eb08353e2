// Who asks: an address, or the holder of a key. A key that is sent must be good; none is needed.
import type { HonoRequest } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { keyFault } from "../../../src/shared/key/api-key.ts";
import { LOCAL_PLAN, type Plan, PUBLIC_PLAN, planOfKey } from "../../../src/shared/key/plans.ts";
import type { ApiKey } from "../../store/api-keys.ts";
import { knownKey } from "./known-keys.ts";
import { sha256 } from "./secrets.ts";
import { isTicketGood, ticketKeyId } from "./ticket.ts";

/** Addresses that a browser opens without being able to send a header. */
const TICKETED = ["/v1/stream", "/v1/events"];

export interface Caller {
  /** Name under which its requests are counted; never logged. */
  holder: string;
  plan: Plan;
  key: ApiKey | null;
}

export async function callerOf(request: HonoRequest, db: D1Database): Promise<Caller> {
  const ticket = TICKETED.includes(request.path) ? request.query("ticket") : undefined;
  if (ticket !== undefined) return holderOf(await keyOfTicket(ticket, db));
  const text = keyText(request);
  if (text === null) return visitor(request.header("cf-connecting-ip"));
  const fault = keyFault(text);
  if (fault !== null) throw new ApiError("invalid-key", fault);
  const key = await knownKey(db, { hash: await sha256(text) });
  if (key === null) throw new ApiError("invalid-key", "this key is not known here");
  refuseForeign(key, request.header("origin"));
  return holderOf(key);
}

/** Without a key: an IPv6 network of 64 bits is one visitor. */
export function visitor(address: string | undefined): Caller {
  if (address === undefined || address === "::1" || address.startsWith("127.")) {
    return { holder: "local", plan: LOCAL_PLAN, key: null };
  }
  return { holder: `address:${address.includes(":") ? networkOf(address) : address}`, plan: PUBLIC_PLAN, key: null };
}

/** First four groups of an IPv6 address, however it is written. */
function networkOf(address: string): string {
  const [left = "", right] = address.split("::", 2);
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const zeros = right === undefined ? 0 : Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array<string>(zeros).fill("0"), ...tail];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/** The key of a request. Other services' clients send a header of their own with whatever they have: only ours is read. */
function keyText(request: HonoRequest): string | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.header("authorization") ?? "")?.[1];
  const foreign = request.header("cg-api-key");
  const text = bearer ?? request.header("x-api-key") ?? (foreign?.startsWith("fl_") === true ? foreign : undefined);
  return text ?? null;
}

function holderOf(key: ApiKey): Caller {
  if (key.revokedMs !== null) throw new ApiError("invalid-key", "this key was revoked; its operator can make another");
  return { holder: `key:${key.id}`, plan: planOfKey(key.plan), key };
}

async function keyOfTicket(ticket: string, db: D1Database): Promise<ApiKey> {
  const id = ticketKeyId(ticket);
  const key = id === null ? null : await knownKey(db, { id });
  if (key === null || !(await isTicketGood(ticket, key, Date.now()))) {
    throw new ApiError("invalid-ticket", "this ticket is not good any more: POST /v1/stream/ticket gives another", {
      parameter: "ticket",
    });
  }
  return key;
}

/** A publishable key is for pages of its origins. A program can pretend to be one: it wins the page's rate, no more. */
function refuseForeign(key: ApiKey, origin: string | undefined): void {
  if (key.origins.length === 0 || (origin !== undefined && key.origins.includes(origin))) return;
  throw new ApiError("origin-not-allowed", "this key is tied to other origins than the one of this request");
}
