// Where a page ended, as text that clients hand back unread.
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { EventCursor } from "../../store/liquidations.ts";

export function formatCursor({ atMs, venue, eventKey }: EventCursor): string {
  return btoa(`${atMs}|${venue}|${eventKey}`).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function parseCursor(text: string): EventCursor {
  const [atMs, venue, eventKey] = decoded(text).split("|");
  if (atMs === undefined || !/^\d{1,15}$/.test(atMs) || venue === undefined || eventKey === undefined) {
    throw new ApiError("invalid-parameter", "cursor was none of ours; take `nextCursor` of the answer before", {
      parameter: "cursor",
    });
  }
  return { atMs: Number(atMs), venue, eventKey };
}

function decoded(text: string): string {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}
