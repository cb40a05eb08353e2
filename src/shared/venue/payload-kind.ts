// Kinds as people name them: a recording's file begins with its kind and goes on with what is special about it.
import { PAYLOAD_KINDS, type PayloadKind } from "./venue.ts";

/** Returns the longest kind that a name is or begins with: `klines-recorded-2023` → klines; null when none is. */
export function kindNamed(name: string): PayloadKind | null {
  let longest: PayloadKind | null = null;
  for (const kind of PAYLOAD_KINDS) {
    if (name !== kind && !name.startsWith(`${kind}-`)) continue;
    if (longest === null || kind.length > longest.length) longest = kind;
  }
  return longest;
}
