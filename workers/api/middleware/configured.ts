// A deployment that is set up wrongly says so at every address, in the same words.
import type { MiddlewareHandler } from "hono";
import { type ApiEnv, configOf } from "../env.ts";

export const configured: MiddlewareHandler<ApiEnv> = async (context, next) => {
  configOf(context.env);
  await next();
};
