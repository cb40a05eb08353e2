import { useSignalEffect } from "@preact/signals";
import { theme } from "../state/store.ts";
import { About } from "./about.tsx";
import { Banner } from "./banner.tsx";
import { ChartPanel } from "./chart-panel.tsx";
import { ExchangeTable } from "./exchange-table.tsx";
import { Header } from "./header.tsx";
import { LevelsTable } from "./levels-table.tsx";
import { LiveRegion } from "./live-region.tsx";
import { Toolbar } from "./toolbar.tsx";

export function App() {
  useSignalEffect(() => {
    document.documentElement.dataset["theme"] = theme.value;
  });
  return (
    <>
      <a class="skip" href="#levels">
        Skip to the table of levels
      </a>
      <Header />
      <main>
        <h1 class="unseen">Estimated liquidation levels</h1>
        <Banner />
        <Toolbar />
        <div class="columns">
          <ChartPanel />
          <aside class="side" aria-label="Figures">
            <LevelsTable />
            <section class="panel" aria-labelledby="exchanges-title">
              <h2 id="exchanges-title">Exchanges</h2>
              <ExchangeTable />
            </section>
          </aside>
        </div>
      </main>
      <About />
      <LiveRegion />
    </>
  );
}
