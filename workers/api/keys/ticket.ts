// A ticket opens streams for a minute: a browser's WebSocket sends no header, and a key never stands in an address.
// `keyId.expiresMs.signature`, signed with the key's hash: nothing is stored, and revoking the key ends its tickets.
import type { ApiKey } from "../../store/api-keys.ts";
import { equalSecrets, sign } from "./secrets.ts";

export const TICKET_MS = 60_000;

export async function issueTicket(key: ApiKey, now: number): Promise<{ ticket: string; expiresMs: number }> {
  const expiresMs = now + TICKET_MS;
  const claim = `${key.id}.${expiresMs}`;
  return { ticket: `${claim}.${await sign(key.hash, claim)}`, expiresMs };
}

/** Id of the key a ticket claims to come from, or null when it is none. */
export function ticketKeyId(ticket: string): string | null {
  return /^([0-9a-f]{16})\.\d{13}\.[0-9a-f]{64}$/.exec(ticket)?.[1] ?? null;
}

export async function isTicketGood(ticket: string, key: ApiKey, now: number): Promise<boolean> {
  const [id = "", expires = "", signature = ""] = ticket.split(".");
  return Number(expires) > now && (await equalSecrets(signature, await sign(key.hash, `${id}.${expires}`)));
}
