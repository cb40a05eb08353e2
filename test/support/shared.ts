// Where the real recordings are. Tests that need them go through `describeShared`.
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The folder with `data/` and `fixtures/`: FAULTLINE_SHARED, or ../shared from the project's root. */
export function sharedFolder(): string {
  return resolve(process.env["FAULTLINE_SHARED"] ?? "../shared");
}

/** True when tests on recordings must run or fail: in CI they may not be skipped. */
export function sharedRequired(): boolean {
  return process.env["FAULTLINE_REQUIRE_SHARED"] === "1";
}

export function sharedMissing(): boolean {
  return !existsSync(sharedFolder());
}

/** Options for `describe` or `test`: skips when recordings are absent, unless CI requires them. */
export function needsShared(): { skip: boolean } {
  return { skip: sharedMissing() && !sharedRequired() };
}
