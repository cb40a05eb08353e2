// The operator's routes for keys, guarded by the secret ADMIN_TOKEN; without that secret there are none.
import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import { formatKey, KEY_ENTROPY_BYTES, KEY_KINDS, maskKey } from "../../../src/shared/key/api-key.ts";
import { KEY_PLANS } from "../../../src/shared/key/plans.ts";
import { adminTokenOf, MIN_TOKEN_LENGTH } from "../../../src/shared/settings/admin-token.ts";
import { type ApiKey, insertKey, listKeys, revokeKey } from "../../store/api-keys.ts";
import type { ApiEnv } from "../env.ts";
import { readJson } from "../http/body.ts";
import { refuseUnknown } from "../http/query.ts";
import { forgetKeys } from "../keys/known-keys.ts";
import { equalSecrets, sha256 } from "../keys/secrets.ts";

const MAX_BODY_BYTES = 4_096;
const MAX_LISTED = 1_000;

const origin = z.string().regex(/^https?:\/\/[a-z0-9.-]{1,253}(:\d{1,5})?$/);
export const bodySchema = z.strictObject({
  name: z.string().min(1).max(80),
  kind: z.enum(KEY_KINDS).default("live"),
  plan: z.enum(KEY_PLANS.map((plan) => plan.id) as [string, ...string[]]).default("free"),
  origins: z.array(origin).max(20).default([]),
});

const operatorOnly: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const token = adminTokenOf(context.env);
  if (token === null) {
    throw new ApiError(
      "not-found",
      `keys are managed here once the secret ADMIN_TOKEN has ${MIN_TOKEN_LENGTH} characters`,
    );
  }
  const given = /^Bearer\s+(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
  if (!(await equalSecrets(given, token))) throw new ApiError("invalid-key", "this route takes the operator's token");
  refuseUnknown(new URL(context.req.url), []);
  await next();
  context.header("cache-control", "no-store");
};

export const adminKeysRoute = new OpenAPIHono<ApiEnv>();
adminKeysRoute.use("/v1/admin/*", operatorOnly);

/** Makes a key and shows it: the only time. */
adminKeysRoute.post("/v1/admin/keys", async (context) => {
  const parsed = bodySchema.safeParse(await readJson(context.req, MAX_BODY_BYTES));
  if (!parsed.success) throw bodyRefusal(parsed.error);
  const { kind, name, plan, origins } = parsed.data;
  if (kind === "pub" && origins.length === 0) {
    throw new ApiError("invalid-body", "a publishable key needs the origins it may be used from", {
      parameter: "origins",
    });
  }
  const secret = formatKey(kind, crypto.getRandomValues(new Uint8Array(KEY_ENTROPY_BYTES)));
  const hash = await sha256(secret);
  // an id of its own: the hash signs tickets, so no part of it is shown
  const id = crypto.randomUUID().replaceAll("-", "").slice(0, 16);
  const masked = maskKey(secret);
  const key: ApiKey = { id, hash, kind, name, plan, origins, createdMs: Date.now(), revokedMs: null, masked };
  await insertKey(context.env.DB, key);
  forgetKeys();
  return context.json({ ...shown(key), key: secret }, 201);
});

adminKeysRoute.get("/v1/admin/keys", async (context) => {
  return context.json({ keys: (await listKeys(context.env.DB, MAX_LISTED)).map(shown), plans: KEY_PLANS });
});

adminKeysRoute.delete("/v1/admin/keys/:id", async (context) => {
  const id = context.req.param("id");
  if (!(await revokeKey(context.env.DB, id.slice(0, 40), Date.now()))) {
    throw new ApiError("not-found", `no key in use has the id ${id.slice(0, 40)}`, { parameter: "id" });
  }
  forgetKeys();
  return context.json({ id, revoked: true });
});

function shown({ hash: _, ...key }: ApiKey) {
  return key;
}

function bodyRefusal(error: z.ZodError): ApiError {
  const issue = error.issues[0];
  const parameter = issue?.path.map(String).join(".") ?? "";
  if (issue?.code === "unrecognized_keys") {
    return new ApiError(
      "invalid-body",
      `the body holds ${issue.keys.join(", ").slice(0, 80)}, which is not known here`,
      {
        accepted: Object.keys(bodySchema.shape),
      },
    );
  }
  const accepted = issue?.code === "invalid_value" ? issue.values.map(String) : undefined;
  return new ApiError("invalid-body", `the body's ${parameter === "" ? "form" : parameter} is not acceptable`, {
    ...(parameter === "" ? {} : { parameter }),
    ...(accepted === undefined ? {} : { accepted }),
  });
}
