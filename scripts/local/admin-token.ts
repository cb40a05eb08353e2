// The operator's token of the runs on this machine: made once, readable by its owner only.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export function adminTokenFile(stateRoot = resolve(process.env["FAULTLINE_STATE"] ?? ".faultline")): string {
  return join(stateRoot, "admin-token");
}

/** The token, made when there is none yet. */
export function adminToken(stateRoot: string): string {
  const file = adminTokenFile(stateRoot);
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const token = randomBytes(24).toString("hex");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}
