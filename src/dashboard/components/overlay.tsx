// The states in which there is no map, or not yet the one asked for.

import { formatShare } from "../../shared/display/format.ts";
import { grid, page, tryAgain, view } from "../state/store.ts";

export function Overlay() {
  const now = page.value;
  switch (now.state) {
    case "ready":
      return null;
    case "loading":
      return (
        <div class={`overlay ${grid.value === null ? "" : "light"}`} role="status">
          <p>Loading the {view.value.symbol} map …</p>
        </div>
      );
    case "empty":
      return (
        <div class="overlay" role="status">
          <h2>No history yet</h2>
          <p>
            The exchange history is being fetched{now.progress === null ? "." : `, ${formatShare(now.progress)} done.`}
          </p>
          {now.progress !== null && <progress value={now.progress} max={1} aria-label="History fetched" />}
        </div>
      );
    case "failed":
      return (
        <div class="overlay" role="alert">
          <h2>{now.status === null ? "No connection" : "The map cannot be shown"}</h2>
          <p>{now.detail}</p>
          <button type="button" onClick={tryAgain}>
            Try again
          </button>
        </div>
      );
  }
}
