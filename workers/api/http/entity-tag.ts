// Which state an answer shows. Weak: the same state may be written with another age of an exchange's data.

/** Tag of an answer: the address names the filter, so the model and the newest state of the hub name the rest. */
export function entityTag(state: { modelVersion: string; asOf: number }): string {
  return `W/"${state.modelVersion.replace(/[^\w.-]/g, "")}-${state.asOf}"`;
}

/** Tag of another form of an answer that has one: `tag` says the state, the rest what else the bytes depend on. */
export function formTag(tag: string, parts: readonly (string | number)[]): string {
  return tag.replace(/"$/, `-${parts.join("-")}"`);
}

/** Hex digest of a body, for answers that name no state. */
export async function digest(bytes: BufferSource): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** True when `If-None-Match` holds the tag (weak comparison, RFC 9110 §8.8.3.2). */
export function matchesTag(ifNoneMatch: string | undefined, tag: string | null): boolean {
  if (ifNoneMatch === undefined || tag === null) return false;
  const bare = (text: string) => text.trim().replace(/^W\//, "");
  return ifNoneMatch.trim() === "*" || ifNoneMatch.split(",").some((one) => bare(one) === bare(tag));
}
