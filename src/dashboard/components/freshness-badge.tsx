// Always visible: how old the picture is, how many exchanges are in it and how much of the open interest that covers.
import { useRef } from "preact/hooks";
import { formatAge, formatShare } from "../../shared/display/format.ts";
import { ageMs, connection, envelope, freshness, online } from "../state/store.ts";
import { ExchangeTable } from "./exchange-table.tsx";

export function FreshnessBadge() {
  const dialog = useRef<HTMLDialogElement>(null);
  const known = envelope.value;
  const sources = known?.coverage.exchanges ?? [];
  const count = sources.filter((each) => each.state === "live" || each.state === "degraded").length;
  // a state that no exchange stands behind is not fresh, however young it is
  const state = !online.value || count === 0 ? "stale" : (freshness.value ?? "stale");
  const age = ageMs.value === null ? "no data" : formatAge(ageMs.value);
  const ratio = formatShare(known?.coverage.ratio ?? null);
  const label = !online.value ? "Offline" : connection.value.state === "open" ? "Live" : "Polled";
  return (
    <>
      <button type="button" class={`badge ${state}`} aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
        <i class="dot" aria-hidden="true" />
        <span class="badge-age">
          {!online.value ? "offline" : count === 0 ? "no exchange" : state === "stale" ? `stale ${age}` : age}
        </span>
        <span class="badge-more">
          {count}/{sources.length}
          <span class="wide"> exchanges</span> · {ratio}
          <span class="wide"> coverage</span>
        </span>
        <span class="unseen">: age, exchanges and coverage of the data. Show details.</span>
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself */}
      <dialog ref={dialog} aria-labelledby="coverage-title" onClick={closeOutside}>
        <form method="dialog">
          <h2 id="coverage-title">Where the figures come from</h2>
          <button type="submit" class="icon" aria-label="Close">
            ✕
          </button>
        </form>
        <p>
          {label}, {age} old. {count} of {sources.length} exchanges, which hold {ratio} of the known open interest.
        </p>
        <ExchangeTable />
      </dialog>
    </>
  );
}

function closeOutside({ target, currentTarget }: MouseEvent): void {
  if (target === currentTarget && currentTarget instanceof HTMLDialogElement) currentTarget.close();
}
