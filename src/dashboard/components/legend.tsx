// What the colours mean in USD, and the controls that change how they are drawn.
import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { formatUsd } from "../../shared/display/format.ts";
import { PALETTES, type PaletteName } from "../../shared/display/palette.ts";
import { REACHES, type Reach } from "../../shared/display/reach.ts";
import { CLIP_PERCENTILE, powerOf, usdAt } from "../../shared/display/scale.ts";
import { lut } from "../state/colours.ts";
import { automatic, scale, setDisplay, thresholdUsd, view } from "../state/store.ts";
import { Choice } from "./choice.tsx";

const REACH_NAMES: Record<Reach, string> = { auto: "Auto", "2": "±2 %", "5": "±5 %", "10": "±10 %", all: "All" };

export function Legend() {
  const { display } = view.value;
  const { topUsd, signed } = scale.value;
  const locked = display.lockedTopUsd !== null;
  const ticks = signed ? [-1, -0.5, 0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
  return (
    <div class="legend">
      <div class="ramp">
        <Ramp />
        <input
          type="range"
          min="0"
          max="95"
          step="1"
          value={Math.round(display.threshold * 100)}
          aria-label="Hide levels below"
          aria-valuetext={formatUsd(thresholdUsd.value)}
          onInput={({ currentTarget }) => setDisplay({ threshold: Number(currentTarget.value) / 100 })}
        />
        <div class="ticks" aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick}>{tick === 0 ? "0" : formatUsd(usdAt(scale.value, tick), signed)}</span>
          ))}
        </div>
      </div>
      <p class="quiet scale-note">
        {display.threshold > 0 && <>Hidden below {formatUsd(thresholdUsd.value)}. </>}
        USD per price level, colour by its power {powerOf(scale.value)},{" "}
        {locked ? `locked at ${formatUsd(topUsd)}` : `clipped at percentile ${CLIP_PERCENTILE * 100}`}.
      </p>
      <div class="draw-controls">
        <button
          type="button"
          aria-pressed={locked}
          title="Keep the same colours for every range and filter"
          onClick={() => setDisplay({ lockedTopUsd: locked ? null : automatic.peek().topUsd })}
        >
          Lock scale
        </button>
        <label>
          <span>Colours</span>
          <select
            value={display.palette}
            disabled={signed}
            onChange={({ currentTarget }) => setDisplay({ palette: currentTarget.value as PaletteName })}
          >
            {PALETTES.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>Window</span>
          <select
            value={display.reach}
            onChange={({ currentTarget }) => setDisplay({ reach: currentTarget.value as Reach })}
          >
            {REACHES.map((reach) => (
              <option key={reach} value={reach}>
                {REACH_NAMES[reach]}
              </option>
            ))}
          </select>
        </label>
        <Choice
          look="segment"
          label="Price axis"
          options={[
            { value: "log", text: "Log" },
            { value: "linear", text: "Linear" },
          ]}
          isChosen={(axis) => axis === display.axis}
          onChoose={(axis) => setDisplay({ axis: axis === "linear" ? "linear" : "log" })}
        />
        <button type="button" aria-pressed={display.heatmap} onClick={() => setDisplay({ heatmap: !display.heatmap })}>
          Heatmap
        </button>
      </div>
    </div>
  );
}

/** The colour table itself, so that legend and map cannot differ. */
function Ramp() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const pixels = lut.value.slice(1);
    const context = canvas.current?.getContext("2d");
    context?.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), pixels.length, 1), 0, 0);
  });
  return <canvas ref={canvas} width={255} height={1} />;
}
