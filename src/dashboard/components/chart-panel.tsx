// The chart with what belongs to it: read-out above, map strip beside, legend below, and the states without a map.
import { ChartCanvas } from "./chart-canvas.tsx";
import { Legend } from "./legend.tsx";
import { Overlay } from "./overlay.tsx";
import { Readout } from "./readout.tsx";

export function ChartPanel() {
  return (
    <section class="chart-panel" aria-label="Chart">
      <Readout />
      <div class="stage">
        <ChartCanvas />
        <Overlay />
      </div>
      <Legend />
    </section>
  );
}
