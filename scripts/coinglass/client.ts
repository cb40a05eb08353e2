// What an existing client of CoinGlass's v4 API does: GET below a base URL, its key in a header, `code` compared with the
// string "0", `data` taken. Addresses and parameters as in https://docs.coinglass.com/reference and in public clients.

/** Sends a GET: `fetch`, or an app in a test. */
export type Ask = (url: string, headers: Record<string, string>) => Promise<Response>;

export interface Reply<T> {
  data: T;
  /** What this product adds; the vendor's answers have none. */
  meta: Record<string, unknown> | undefined;
}

export interface HeatmapData {
  /** Prices, ascending. */
  y_axis: number[];
  /** `[index of the candle, index of the price, USD]`. */
  liquidation_leverage_data: [number, number, number][];
  /** `[seconds, "open", "high", "low", "close", "volume in USD"]`. */
  price_candlesticks: [number, string, string, string, string, string][];
  /** ms */
  update_time: number;
}

export interface V4Client {
  get<T>(path: string, parameters?: Record<string, string>): Promise<Reply<T>>;
}

/** A key is sent because such a client always sends one. */
export function v4Client(baseUrl: string, key: string, ask: Ask): V4Client {
  return {
    async get<T>(path: string, parameters: Record<string, string> = {}) {
      const query = new URLSearchParams(parameters);
      const url = `${baseUrl}${path}${query.size === 0 ? "" : `?${query}`}`;
      const response = await ask(url, { accept: "application/json", "CG-API-KEY": key });
      const body = (await response.json()) as Partial<Reply<T>> & { code?: unknown; msg?: string };
      if (body.code !== "0") throw new Error(`${path}: code ${JSON.stringify(body.code)}, ${body.msg ?? "no message"}`);
      return { data: body.data as T, meta: body.meta };
    },
  };
}
