// FNV-1a with 32 bits: names parameter sets and detects damaged snapshots. Not for security.

const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** Returns the hash of the bytes as an unsigned 32-bit integer. */
export function hashBytes(bytes: Uint8Array): number {
  let hash = OFFSET_BASIS;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, PRIME);
  return hash >>> 0;
}

/** Returns the hash of the UTF-16 code units of `text` as eight hex digits. */
export function hashText(text: string): string {
  let hash = OFFSET_BASIS;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), PRIME);
    hash = Math.imul(hash ^ (unit >>> 8), PRIME);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
