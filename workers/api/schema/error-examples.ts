// Examples of the errors of a route, made of its own parameters: only the codes that it can give, as it words them.
import { type ErrorCode, statusOf, titleOf } from "../../../src/shared/error/api-error.ts";
import { guideOf } from "../http/error-guide.ts";

export interface Parameter {
  name: string;
  in: string;
  example?: unknown;
  schema?: { enum?: readonly string[]; example?: unknown };
}

export interface Described {
  path: string;
  method: string;
  parameters: readonly Parameter[];
}

interface Said {
  detail: string;
  parameter?: string;
  accepted?: readonly string[];
  /** The address, where it is another than the route's own with its example values. */
  instance?: string;
}

/** What stands for a wrong value, and for a name that there is not. */
const WRONG = "nonsense";
const UNKNOWN_SYMBOL = "NOPE";
/** A time before all data, and how far back the data of the example reaches. */
const [EARLY, REACH] = ["1600000000000", "1768092600000"];

type Maker = (route: Described) => Said | null;

const usual = (code: ErrorCode): Said => guideOf(code);
const has = ({ parameters }: Described, name: string) => parameters.some((one) => one.name === name);
const isAdmin = ({ path }: Described) => path.startsWith("/v1/admin/");
const queryOf = ({ parameters }: Described) => parameters.filter((one) => one.in === "query");

/** Null = the route cannot give this code. */
const MAKERS: Record<ErrorCode, Maker> = {
  "invalid-parameter": (route) => {
    const word = queryOf(route).find(({ schema }) => schema?.enum !== undefined);
    const accepted = word?.schema?.enum ?? [];
    return word === undefined
      ? { detail: "parameter x was given twice; lists are comma-separated", parameter: "x" }
      : {
          detail: `parameter ${word.name} was "${WRONG}", expected one of ${accepted.join(", ")}`,
          parameter: word.name,
          accepted,
        };
  },
  "unknown-parameter": (route) => {
    const accepted = queryOf(route).map(({ name }) => name);
    const listed = accepted.length > 0 ? accepted.join(", ") : "none";
    const detail = `parameter ${WRONG} is not known here; accepted: ${listed}`;
    return { detail, parameter: WRONG, accepted };
  },
  "unknown-symbol": (route) => {
    const symbol = route.parameters.find(({ name }) => name === "symbol");
    if (symbol === undefined) return null;
    return {
      detail: `symbol ${UNKNOWN_SYMBOL} is not served here; served: BTC, ETH`,
      parameter: "symbol",
      accepted: ["BTC", "ETH"],
      ...(symbol.in === "path" ? { instance: addressOf(route, { symbol: UNKNOWN_SYMBOL }) } : {}),
    };
  },
  "not-found": (route) => {
    if (route.path.startsWith("/v1/tiles/")) {
      const tile = addressOf(route).slice("/v1/tiles/".length);
      return { detail: `there is no tile ${tile}: not written, no longer kept, or by another model (see /v1/models)` };
    }
    if (!isAdmin(route)) return null;
    if (!has(route, "id")) return { detail: "keys are managed here once the secret ADMIN_TOKEN has 24 characters" };
    return { detail: `no key in use has the id ${addressOf(route).split("/").at(-1)}`, parameter: "id" };
  },
  "method-not-allowed": () => null,
  "not-enough-history": (route) => {
    const asked = has(route, "asOf") ? `asOf was ${EARLY}` : has(route, "to") ? `the span ended at ${EARLY}` : null;
    if (asked === null) return null;
    const from = `${new Date(Number(REACH)).toISOString()} (${REACH})`;
    const parameter = has(route, "asOf") ? "asOf" : "to";
    return { detail: `the data reaches back to ${from}, ${asked}`, parameter, accepted: [REACH] };
  },
  "upgrade-required": ({ path }) => (path === "/v1/stream" ? usual("upgrade-required") : null),
  "invalid-body": (route) => {
    if (route.method !== "post") return null;
    return isAdmin(route)
      ? { detail: "the body's plan is not acceptable", parameter: "plan", accepted: ["free", "pro"] }
      : { detail: "a ticket takes no body, or an empty object", accepted: ["{}"] };
  },
  "payload-too-large": (route) => ({ detail: `the body may have at most ${isAdmin(route) ? 4_096 : 1_024} bytes` }),
  "key-required": ({ path }) => {
    if (path === "/v1/usage") return usual("key-required");
    if (path !== "/v1/stream/ticket") return null;
    return { detail: "a stream without a key needs no ticket; with one, send the key here" };
  },
  "invalid-key": (route) =>
    isAdmin(route) ? { detail: "this route takes the operator's token" } : usual("invalid-key"),
  "invalid-ticket": (route) => (has(route, "ticket") ? usual("invalid-ticket") : null),
  "origin-not-allowed": () => usual("origin-not-allowed"),
  "rate-limited": () => usual("rate-limited"),
  unavailable: (route) => (has(route, "symbol") ? usual("unavailable") : null),
  misconfigured: () => usual("misconfigured"),
  internal: () => null,
};

/** Problems of a status by their code; empty where the route has none. */
export function errorExamples(route: Described, status: number): Record<string, { value: object }> {
  const codes = (Object.keys(MAKERS) as ErrorCode[]).filter((code) => statusOf(code) === status);
  return Object.fromEntries(
    codes.flatMap((code) => {
      const said = MAKERS[code](route);
      return said === null ? [] : [[code, { value: problemLike(code, said, route) }]];
    }),
  );
}

function problemLike(code: ErrorCode, { detail, parameter, accepted, instance }: Said, route: Described): object {
  return {
    type: `/docs/errors#${code}`,
    title: titleOf(code),
    status: statusOf(code),
    detail,
    instance: instance ?? addressOf(route),
    code,
    ...(parameter === undefined ? {} : { parameter }),
    ...(accepted === undefined ? {} : { accepted }),
    requestId: "2f1c7a52-6a3e-4f0b-9a55-0e4d1c2b3a49",
  };
}

/** The route's address with its path parameters at their examples, or at other values. */
function addressOf({ path, parameters }: Described, values: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const own = parameters.find((one) => one.name === name);
    return values[name] ?? String(own?.example ?? own?.schema?.example ?? name);
  });
}
