// Turns a table of addresses into an adapter's `request`.
import { assert } from "../error/assert.ts";
import type { PayloadKind, RequestArgs, VenueRequest } from "./venue.ts";

/** Address and weight of a request; with a body it is a POST. */
export interface Address {
  path: string;
  weight: number;
  body?: string;
  host?: string;
}

export type Addresses = Partial<Record<PayloadKind, (args: RequestArgs) => Address>>;

/** Returns `request`; asking for a kind without an address is a bug. */
export function requestsOf(addresses: Addresses): (kind: PayloadKind, args: RequestArgs) => VenueRequest {
  return (kind, args) => {
    const address = addresses[kind];
    assert(address !== undefined, `no request for ${kind}`);
    const { path, weight, body, host } = address(args);
    const method = body === undefined ? "GET" : "POST";
    const request = { kind, method, path, body: body ?? null, venueSymbol: args.venueSymbol, weight } as const;
    return host === undefined ? request : { ...request, host };
  };
}
