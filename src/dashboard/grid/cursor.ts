// The keyboard walk over the map: one column or one price level per key.

export interface Cursor {
  slot: number;
  row: number;
}

/** Rows that Page Up and Page Down jump. */
const PAGE_ROWS = 10;

/** Returns where a key takes the cursor, kept inside the map, or null when the key does not move it. */
export function moveCursor(cursor: Cursor, key: string, slots: number, rows: number): Cursor | null {
  const step = STEPS[key];
  if (step === undefined) return null;
  const [slot, row] = step(cursor, slots);
  return { slot: Math.max(0, Math.min(slots - 1, slot)), row: Math.max(0, Math.min(rows - 1, row)) };
}

const STEPS: Record<string, (cursor: Cursor, slots: number) => [slot: number, row: number]> = {
  ArrowLeft: ({ slot, row }) => [slot - 1, row],
  ArrowRight: ({ slot, row }) => [slot + 1, row],
  ArrowUp: ({ slot, row }) => [slot, row + 1],
  ArrowDown: ({ slot, row }) => [slot, row - 1],
  PageUp: ({ slot, row }) => [slot, row + PAGE_ROWS],
  PageDown: ({ slot, row }) => [slot, row - PAGE_ROWS],
  Home: ({ row }) => [0, row],
  End: ({ row }, slots) => [slots - 1, row],
};
