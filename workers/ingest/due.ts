// Which jobs a run of the cron has to do.
import { type EpochMs, MINUTE_MS } from "../../src/shared/time/clock.ts";

export const JOBS = ["watchdog", "rates", "prune"] as const;
export type Job = (typeof JOBS)[number];

/** Minutes between two runs, and the minute within them: pruning stays away from the full hour, when columns close. */
const SCHEDULE: Record<Job, { everyMinutes: number; atMinute: number }> = {
  watchdog: { everyMinutes: 1, atMinute: 0 },
  rates: { everyMinutes: 1, atMinute: 0 },
  prune: { everyMinutes: 60, atMinute: 17 },
};

/** The jobs due in the minute of `scheduledTime`, in order. */
export function dueJobs(scheduledTime: EpochMs): Job[] {
  const minute = Math.floor(scheduledTime / MINUTE_MS);
  return JOBS.filter((job) => minute % SCHEDULE[job].everyMinutes === SCHEDULE[job].atMinute);
}
