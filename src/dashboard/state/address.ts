// Keeps the address and the view in step: a new filter, range or symbol is a history entry, a change of colours is not.
import { effect } from "@preact/signals";
import { parseView, writeView } from "../view/query.ts";
import { typeOf } from "../view/types.ts";
import { openType, view } from "./store.ts";

/** Browsers refuse about a hundred changes of the address in 30 s: a dragged slider writes it once it rests. */
const REST_MS = 300;

export function keepAddress(): void {
  let shown = keyOf();
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const query = writeView(view.value);
    const target = query === "" ? location.pathname : `?${query}`;
    if (query === writeView(parseView(location.search))) return;
    const key = keyOf();
    clearTimeout(timer);
    if (key === shown) timer = setTimeout(() => history.replaceState(null, "", target), REST_MS);
    else history.pushState(null, "", target);
    shown = key;
  });
  addEventListener("popstate", () => {
    const next = parseView(location.search);
    openType.value = typeOf(next.filter);
    clearTimeout(timer);
    // the address already says it: no new entry for going back
    shown = JSON.stringify([next.symbol, next.range, next.filter]);
    view.value = next;
  });
}

/** The view without its colours. */
function keyOf(): string {
  const { symbol, range, filter } = view.value;
  return JSON.stringify([symbol, range, filter]);
}
