import { formatPrice } from "../../shared/display/format.ts";
import { price, setTheme, symbols, theme, view } from "../state/store.ts";
import { FreshnessBadge } from "./freshness-badge.tsx";

export function Header() {
  const isDark = theme.value === "dark";
  return (
    <header>
      <a class="brand" href="/" aria-label="Faultline, start page">
        <svg viewBox="0 0 32 20" aria-hidden="true">
          <path d="M2 14h7l4-10 5 13 4-8h8" />
        </svg>
        <span>Faultline</span>
      </a>
      <SymbolSwitch />
      <output class="price" aria-label="Price">
        {price.value === null ? "–" : formatPrice(price.value)}
      </output>
      <span class="grow" />
      <FreshnessBadge />
      <button
        type="button"
        class="icon"
        aria-label={isDark ? "Use the light theme" : "Use the dark theme"}
        onClick={() => setTheme(isDark ? "light" : "dark")}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="12" r="8" />
          <path d="M12 4a8 8 0 0 1 0 16z" />
        </svg>
      </button>
    </header>
  );
}

function SymbolSwitch() {
  const { symbol } = view.value;
  const known = symbols.value.some((entry) => entry.symbol === symbol);
  return (
    <select
      class="symbol"
      aria-label="Symbol"
      value={symbol}
      onChange={({ currentTarget }) => {
        price.value = null;
        view.value = { ...view.value, symbol: currentTarget.value };
      }}
    >
      {!known && <option value={symbol}>{symbol}</option>}
      {symbols.value.map((entry) => (
        <option key={entry.symbol} value={entry.symbol}>
          {entry.thin ? `${entry.symbol} · thin market` : entry.symbol}
        </option>
      ))}
    </select>
  );
}
