// `npm run keys -- create|list|revoke …`: API keys of a deployment, or of the run on this machine, over its admin routes.
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { adminTokenFile } from "./local/admin-token.ts";

const USAGE = `usage: npm run keys -- COMMAND [FLAGS]

  create --name TEXT [--plan free|pro] [--kind live|pub] [--origin URL …]
                     makes a key and shows it once; kind pub is for pages and needs their origins
  list               what is known of every key
  revoke ID          ends a key (everywhere within a minute)

  --url URL          the deployment (http://127.0.0.1:8787: the run on this machine)

A deployment's secret ADMIN_TOKEN (wrangler secret put ADMIN_TOKEN) is read from FAULTLINE_ADMIN_TOKEN; the run on this
machine has made its own and needs none.`;

class UsageError extends Error {}

interface Call {
  method: "GET" | "POST" | "DELETE";
  path: string;
  body?: object;
}

/** The admin call of a command line. */
function callOf(
  args: readonly string[],
  flags: { name?: string; plan?: string; kind?: string; origin?: string[] },
): Call {
  const [command, id, ...more] = args;
  if (command === "list" && id === undefined) return { method: "GET", path: "" };
  if (command === "revoke" && id !== undefined && more.length === 0) {
    return { method: "DELETE", path: `/${encodeURIComponent(id)}` };
  }
  if (command === "create" && id === undefined) {
    if (flags.name === undefined) throw new UsageError("create needs --name TEXT");
    const { origin, ...rest } = flags;
    return { method: "POST", path: "", body: { ...rest, ...(origin === undefined ? {} : { origins: origin }) } };
  }
  throw new UsageError(command === undefined ? "a command is missing" : `not understood: ${args.join(" ")}`);
}

function adminToken(url: URL): string {
  const given = process.env["FAULTLINE_ADMIN_TOKEN"];
  if (given !== undefined && given !== "") return given;
  const file = adminTokenFile();
  if (isLocal(url) && existsSync(file)) return readFileSync(file, "utf8").trim();
  throw new UsageError(
    isLocal(url) ? "no run on this machine has made a token yet: npm start first" : "FAULTLINE_ADMIN_TOKEN is not set",
  );
}

function unreachable(url: URL, error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const why = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  const remedy = isLocal(url) ? "start it with npm start" : "look at its address";
  return `nothing answers at ${url.origin}${why}: ${remedy}, or name another with --url`;
}

const isLocal = ({ hostname }: URL): boolean => hostname === "127.0.0.1" || hostname === "localhost";

async function main(argv: string[]): Promise<void> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      name: text,
      plan: text,
      kind: text,
      url: { ...text, default: "http://127.0.0.1:8787" },
      origin: { ...text, multiple: true },
      help: { type: "boolean" },
    },
  });
  const { url, help, ...flags } = values;
  if (help === true) return void process.stdout.write(`${USAGE}\n`);
  const call = callOf(positionals, flags);
  const base = new URL(url);
  const token = adminToken(base);
  const response = await fetch(new URL(`/v1/admin/keys${call.path}`, base), {
    method: call.method,
    headers: { authorization: `Bearer ${token}` },
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  }).catch((error: unknown) => {
    throw new Error(unreachable(base, error));
  });
  const answer = (await response.json()) as { detail?: string };
  if (!response.ok) throw new Error(answer.detail ?? `the deployment answered ${response.status}`);
  process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  const isUsage = error instanceof UsageError || (error instanceof TypeError && reason.includes("'-"));
  process.stderr.write(`keys: ${reason}\n${isUsage ? `\n${USAGE}\n` : ""}`);
  process.exitCode = isUsage ? 2 : 1;
});
