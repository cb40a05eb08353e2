// Which methods an address takes: for OPTIONS, for `Allow`, and for the words of a 405.

const OTHERS: readonly (readonly [path: RegExp, methods: readonly string[]])[] = [
  [/^\/(v1\/stream\/ticket|mcp)$/, ["POST", "OPTIONS"]],
  [/^\/v1\/admin\/keys$/, ["GET", "HEAD", "POST"]],
  [/^\/v1\/admin\/keys\/[^/]+$/, ["DELETE"]],
];
const READ = ["GET", "HEAD", "OPTIONS"] as const;

export function methodsOf(path: string): readonly string[] {
  return OTHERS.find(([pattern]) => pattern.test(path))?.[1] ?? READ;
}

/** The words for a method that is not taken. */
export function useInstead(method: string, path: string): string {
  const useful = methodsOf(path).filter((one) => one !== "HEAD" && one !== "OPTIONS");
  return `${method.slice(0, 20)} is not taken here; use ${useful.join(" or ")}`;
}
