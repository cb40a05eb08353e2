import type { Context } from "hono";
import type { ApiEnv } from "../env.ts";

/** Sets a header of a finished answer in place; hono's own `header` would wrap its body anew for each. */
export function setHeader(context: Context<ApiEnv>, name: string, value: string): void {
  try {
    context.res.headers.set(name, value);
  } catch {
    // headers of a fetched answer cannot be changed
    context.header(name, value);
  }
}
