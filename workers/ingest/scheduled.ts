// The cron's handler. It fetches nothing from venues itself: a cron runs anywhere, and venues block places.
import { SettingError } from "../../src/shared/error/setting-error.ts";
import { parseVariables } from "../../src/shared/settings/check.ts";
import { feedName, parseSettings } from "../../src/shared/settings/deployment.ts";
import { adapterOf } from "../../src/shared/venue/registry.ts";
import { dueJobs, type Job } from "./due.ts";
import { prune } from "./prune.ts";
import { storeEuroRate } from "./rates.ts";
import { watchFeeds } from "./watchdog.ts";

export async function scheduled(
  controller: ScheduledController,
  env: Cloudflare.Env,
  _ctx: ExecutionContext,
): Promise<void> {
  try {
    parseVariables(env);
  } catch (error) {
    // one line a minute, whatever else would have met it
    console.error(`cron: ${error instanceof SettingError ? error.message : String(error)}`);
    return;
  }
  // one after another: each job is short, and one that fails must not take the next with it
  for (const job of dueJobs(controller.scheduledTime)) {
    try {
      await run(job, env);
    } catch (error) {
      console.error(`${job}: ${String(error)}`);
    }
  }
}

async function run(job: Job, env: Cloudflare.Env): Promise<void> {
  switch (job) {
    case "watchdog": {
      const { venues } = parseSettings(env);
      const hintOf = (venue: (typeof venues)[number]) => adapterOf(venue).locationHint;
      for (const failure of await watchFeeds(env, env.VENUE_FEED, venues, hintOf)) console.error(failure);
      return;
    }
    case "rates": {
      const { venues, dataSource } = parseSettings(env);
      const venue = venues[0];
      if (venue === undefined) return;
      const { locationHint } = adapterOf(venue);
      const feed = env.VENUE_FEED.getByName(feedName(env, venue), { locationHint });
      return storeEuroRate(env.TILES, feed, dataSource);
    }
    case "prune":
      return prune(env);
  }
}
