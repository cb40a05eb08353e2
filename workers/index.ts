import { app } from "./api/app.ts";
import { scheduled } from "./ingest/scheduled.ts";

export { FanoutRelay } from "../durable-objects/fanout-relay.ts";
export { SymbolHub } from "../durable-objects/symbol-hub.ts";
export { VenueFeed } from "../durable-objects/venue-feed.ts";

export default { fetch: app.fetch, scheduled } satisfies ExportedHandler<Cloudflare.Env>;
