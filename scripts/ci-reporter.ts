// Vitest's own summary is not the line `N passed, N failed` that our commands promise; this prints it last.
// Under `npm test` the projects run one after another: then the counts go to a file, and that command adds them up.
import { appendFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The line every test command ends with. */
export function countLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

export default class CiReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      // a file that does not load is a failure, though it ran no test
      if (module.state() === "failed" && module.children.size === 0) count.failed += 1;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
    }
    const counts: Counts = { passed: count.passed, failed: count.failed, skipped: count.skipped + count.pending };
    const file = process.env["FAULTLINE_TEST_COUNTS"];
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(counts)}\n`);
    else process.once("exit", () => process.stdout.write(`${countLine(counts)}\n`));
  }
}
