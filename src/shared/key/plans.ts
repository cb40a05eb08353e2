// What a caller may ask for, as data. Rates are counted per address without a key, per key with one.

export interface Plan {
  id: string;
  /** Requests in 60 s. */
  perMinute: number;
  /** Requests in 10 s. */
  perTenSeconds: number;
  /** Open streams per symbol. */
  streams: number;
  /** Binding that counts per location; null: counted in the isolate only. */
  binding: "LIMIT_PUBLIC" | "LIMIT_FREE" | "LIMIT_PRO" | null;
}

/** Without a key. */
export const PUBLIC_PLAN: Plan = {
  id: "public",
  perMinute: 300,
  perTenSeconds: 100,
  streams: 10,
  binding: "LIMIT_PUBLIC",
};

/** The machine the Worker itself runs on: no visitor of a deployment has a loopback address. */
export const LOCAL_PLAN: Plan = {
  id: "local",
  perMinute: 600_000,
  perTenSeconds: 200_000,
  streams: 2_000,
  binding: null,
};

/** Plans a key can have. Changing a figure also means its binding in wrangler.toml. */
export const KEY_PLANS: readonly Plan[] = [
  { id: "free", perMinute: 1_200, perTenSeconds: 400, streams: 50, binding: "LIMIT_FREE" },
  { id: "pro", perMinute: 6_000, perTenSeconds: 2_000, streams: 500, binding: "LIMIT_PRO" },
];

export function planOfKey(id: string): Plan {
  return KEY_PLANS.find((plan) => plan.id === id) ?? PUBLIC_PLAN;
}
