// Every minute of every exchange and symbol: seen live, recovered from history, missing with its reason, or unaccounted for.
import type { Minute } from "../../src/shared/market/minute.ts";
import type { SymbolId, VenueId } from "../../src/shared/market/symbol.ts";
import { MINUTE_MS } from "../../src/shared/time/clock.ts";
import type { SoakResult } from "./run-soak.ts";

export interface Account {
  venue: VenueId;
  symbol: SymbolId;
  expected: number;
  present: number;
  /** From before the feeds began: the history that any first start fills. */
  initial: number;
  /** Of the time under watch: not heard live, brought by history. */
  recovered: number;
  missing: number;
  /** Missing minutes by reason. */
  reasons: Record<string, number>;
  /** Minutes nobody wrote anything about: must be 0. */
  unaccounted: number;
  /** Minutes written down twice: must be 0. */
  repeated: number;
  /** Of the recovered: passed as missing at first, brought by a gap's replay. */
  late: number;
  /** Minutes whose open interest was carried forward, and those that got their own by a replay. */
  carried: number;
  corrected: number;
}

export function accountOf(result: SoakResult, venue: VenueId, symbol: SymbolId): Account {
  const expected = (result.toMs - result.fromMs) / MINUTE_MS;
  const account: Account = {
    venue,
    symbol,
    expected,
    present: 0,
    initial: 0,
    recovered: 0,
    missing: 0,
    reasons: {},
    unaccounted: 0,
    repeated: 0,
    late: 0,
    carried: 0,
    corrected: 0,
  };
  const seen = new Map<number, Minute>();
  for (const { venue: of, symbol: about, minute } of result.minutes) {
    if (of !== venue || about !== symbol || minute.minuteMs < result.fromMs || minute.minuteMs >= result.toMs) continue;
    const before = seen.get(minute.minuteMs);
    // a minute that was missing may come once more, from a gap's late history
    const isLate = before?.type === "missing" && minute.type === "bar";
    // and one without an open interest of its own, with it
    const isCorrected =
      before?.type === "bar" &&
      minute.type === "bar" &&
      before.quality.openInterestCarried &&
      !minute.quality.openInterestCarried;
    if (isCorrected) {
      account.carried -= 1;
      account.corrected += 1;
      seen.set(minute.minuteMs, minute);
      continue;
    }
    if (isLate) {
      account.late += 1;
      account.missing -= 1;
      account.reasons[before.reason] = (account.reasons[before.reason] ?? 0) - 1;
      if (account.reasons[before.reason] === 0) delete account.reasons[before.reason];
    } else if (before !== undefined) account.repeated += 1;
    seen.set(minute.minuteMs, minute);
    if (minute.type === "missing") {
      account.missing += 1;
      account.reasons[minute.reason] = (account.reasons[minute.reason] ?? 0) + 1;
    } else {
      if (!minute.quality.fromHistory) account.present += 1;
      else if (minute.minuteMs < result.liveFromMs) account.initial += 1;
      else account.recovered += 1;
      if (minute.quality.openInterestCarried) account.carried += 1;
    }
  }
  account.unaccounted = expected - seen.size;
  return account;
}
