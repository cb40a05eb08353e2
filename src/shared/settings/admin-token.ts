// The operator's secret: with it keys are managed over HTTP, without it they are not.
import { SettingError } from "../error/setting-error.ts";
import { readText } from "./vars.ts";

/** Shorter secrets can be guessed. */
export const MIN_TOKEN_LENGTH = 24;

/** The secret, or null when there is none. One that is too short is refused, and never repeated. */
export function adminTokenOf(vars: object): string | null {
  const token = readText(vars, "ADMIN_TOKEN", "");
  if (token === "") return null;
  if (token.length >= MIN_TOKEN_LENGTH) return token;
  throw new SettingError("ADMIN_TOKEN", null, `a secret of at least ${MIN_TOKEN_LENGTH} characters`);
}
