import { envelope } from "../state/store.ts";

export function About() {
  return (
    <footer>
      <p>
        Sizes are estimates: open interest is spread over entry prices and leverages as if every position were isolated.
        Model {envelope.value?.modelVersion ?? "–"}. Figures, not advice.
      </p>
      <details>
        <summary>About and licences</summary>
        <p>
          Faultline is open source (Apache-2.0). A level says how much would be closed by force there; it does not say
          that price will go there.
        </p>
        <p>
          TradingView Lightweight Charts™. Copyright (с) 2025 TradingView, Inc.{" "}
          <a href="https://www.tradingview.com/" rel="noreferrer">
            https://www.tradingview.com/
          </a>
        </p>
      </details>
    </footer>
  );
}
