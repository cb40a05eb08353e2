// A client's mistake, or ours, as the API names it. The codes are part of the public contract.

export const ERROR_CODES = [
  "invalid-parameter",
  "unknown-parameter",
  "unknown-symbol",
  "not-found",
  "method-not-allowed",
  "not-enough-history",
  "upgrade-required",
  "invalid-body",
  "payload-too-large",
  "key-required",
  "invalid-key",
  "invalid-ticket",
  "origin-not-allowed",
  "rate-limited",
  "unavailable",
  "misconfigured",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export class ApiError extends Error {
  readonly code: ErrorCode;
  /** The parameter at fault, or null. */
  readonly parameter: string | null;
  /** What would have been accepted. */
  readonly accepted: readonly string[] | null;
  /** Seconds to wait before asking again, or null. */
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ErrorCode,
    detail: string,
    options: { parameter?: string; accepted?: readonly string[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.parameter = options.parameter ?? null;
    this.accepted = options.accepted ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** HTTP status of a code. */
export function statusOf(code: ErrorCode): 400 | 401 | 403 | 404 | 405 | 413 | 426 | 429 | 500 | 503 {
  switch (code) {
    case "invalid-parameter":
    case "unknown-parameter":
    case "not-enough-history":
    case "invalid-body":
      return 400;
    case "key-required":
    case "invalid-key":
    case "invalid-ticket":
      return 401;
    case "origin-not-allowed":
      return 403;
    case "payload-too-large":
      return 413;
    case "rate-limited":
      return 429;
    case "unknown-symbol":
    case "not-found":
      return 404;
    case "method-not-allowed":
      return 405;
    case "upgrade-required":
      return 426;
    case "unavailable":
    case "misconfigured":
      return 503;
    case "internal":
      return 500;
  }
}

/** Short title of a code, the same in every answer. */
export function titleOf(code: ErrorCode): string {
  switch (code) {
    case "invalid-parameter":
      return "A parameter is not acceptable";
    case "unknown-parameter":
      return "A parameter is not known here";
    case "unknown-symbol":
      return "This symbol is not served here";
    case "not-found":
      return "There is nothing at this address";
    case "method-not-allowed":
      return "This address takes another method";
    case "not-enough-history":
      return "The data does not reach that far back";
    case "upgrade-required":
      return "This address speaks WebSocket";
    case "invalid-body":
      return "The body is not acceptable";
    case "payload-too-large":
      return "The body is too large";
    case "key-required":
      return "This address needs a key";
    case "invalid-key":
      return "This key is not good";
    case "invalid-ticket":
      return "This ticket is not good";
    case "origin-not-allowed":
      return "This key belongs to other pages";
    case "rate-limited":
      return "Too many requests";
    case "unavailable":
      return "The map cannot be read right now";
    case "misconfigured":
      return "This deployment is set up wrongly";
    case "internal":
      return "Something went wrong on our side";
  }
}
