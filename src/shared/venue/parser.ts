// Puts an adapter's readers together into its total `parse`.
import type { Instrument } from "../market/observation.ts";
import type { VenueId } from "../market/symbol.ts";
import { type Reading, reject } from "./reading.ts";
import type { ParseContext, ParseResult, PayloadKind } from "./venue.ts";

export type Readers = Partial<Record<PayloadKind, (reading: Reading, payload: unknown) => void>>;

/**
 * Returns `parse` and the kinds it understands, from one reader per kind.
 * A kind without a reader is a reject; observations come out by exchange time, oldest first.
 */
export function parserOf(venue: VenueId, readers: Readers, assume: (venueSymbol: string) => Instrument | null) {
  const parses = Object.keys(readers) as PayloadKind[];
  const parse = (kind: PayloadKind, payload: unknown, context: ParseContext): ParseResult => {
    const result: ParseResult = { observations: [], instruments: [], brackets: [], rejects: [] };
    const reading: Reading = { venue, kind, context, assume, result };
    const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
    if (read === undefined) reject(reading, "$", `no payload of kind ${String(kind)} is understood`, payload);
    else read(reading, payload);
    result.observations.sort((a, b) => a.exchangeTime - b.exchangeTime);
    return result;
  };
  return { parse, parses };
}
