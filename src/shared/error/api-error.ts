// A client's mistake, or ours, as the API names it. The codes are part of the public contract.

export const ERROR_CODES = [
  "invalid-parameter",
  "unknown-parameter",
  "unknown-symbol",
  "not-found",
  "method-not-allowed",
  "not-enough-history",
  "upgrade-required",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export class ApiError extends Error {
  readonly code: ErrorCode;
  /** The parameter at fault, or null. */
  readonly parameter: string | null;
  /** What would have been accepted. */
  readonly accepted: readonly string[] | null;

  constructor(
    code: ErrorCode,
    detail: string,
    options: { parameter?: string; accepted?: readonly string[]; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.parameter = options.parameter ?? null;
    this.accepted = options.accepted ?? null;
  }
}

/** HTTP status of a code. */
export function statusOf(code: ErrorCode): 400 | 404 | 405 | 426 | 500 | 503 {
  switch (code) {
    case "invalid-parameter":
    case "unknown-parameter":
    case "not-enough-history":
      return 400;
    case "unknown-symbol":
    case "not-found":
      return 404;
    case "method-not-allowed":
      return 405;
    case "upgrade-required":
      return 426;
    case "unavailable":
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
      return "This combination does not reach that far back";
    case "upgrade-required":
      return "This address speaks WebSocket";
    case "unavailable":
      return "The map cannot be read right now";
    case "internal":
      return "Something went wrong on our side";
  }
}
