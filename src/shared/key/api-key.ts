// What an API key looks like: `fl_live_` (secret) or `fl_pub_` (for pages, tied to origins), 30 random characters,
// then a checksum of six, so that a scanner and we ourselves tell a key from something that only looks like one.

export const KEY_KINDS = ["live", "pub"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 62^30: 178 bits. */
const RANDOM_LENGTH = 30;
const CHECK_LENGTH = 6;
/** Bytes from here up would make some characters likelier than others. */
const FAIR_BYTES = 248;

/** Random bytes that a key wants at least; more are looked at when some are unfair (one in 32 is). */
export const KEY_ENTROPY_BYTES = 64;

/** A new key from random bytes; throws when too few of them are fair. */
export function formatKey(kind: KeyKind, random: Uint8Array): string {
  let text = "";
  for (const byte of random) {
    if (byte < FAIR_BYTES && text.length < RANDOM_LENGTH) text += ALPHABET[byte % 62];
  }
  if (text.length < RANDOM_LENGTH) throw new Error(`${random.length} random bytes are too few for a key`);
  const body = `fl_${kind}_${text}`;
  return body + checksum(body);
}

/** What is wrong with a text that is sent as a key, in words; null when it is well-formed. */
export function keyFault(text: string): string | null {
  if (keyKind(text) !== null) return null;
  const head = /^fl_(live|pub)_/.exec(text)?.[0];
  if (head === undefined) return "this is no key of ours: one begins with fl_live_ or fl_pub_";
  const length = head.length + RANDOM_LENGTH + CHECK_LENGTH;
  if (text.length !== length) return `this key is damaged: it has ${text.length} characters, one has ${length}`;
  return "this key is damaged: its checksum does not fit, so a character was changed";
}

/** The kind of a well-formed key, or null. */
export function keyKind(text: string): KeyKind | null {
  const match = /^fl_(live|pub)_[0-9A-Za-z]{36}$/.exec(text);
  if (match === null) return null;
  const body = text.slice(0, -CHECK_LENGTH);
  return checksum(body) === text.slice(-CHECK_LENGTH) ? (match[1] as KeyKind) : null;
}

/** What may be shown of a key: enough to recognise it. */
export function maskKey(text: string): string {
  return `${text.slice(0, text.lastIndexOf("_") + 5)}…`;
}

function checksum(text: string): string {
  let rest = crc32(text);
  let check = "";
  for (let i = 0; i < CHECK_LENGTH; i++) {
    check = ALPHABET[rest % 62] + check;
    rest = Math.floor(rest / 62);
  }
  return check;
}

/** CRC-32 (IEEE 802.3, reflected), of ASCII text. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
