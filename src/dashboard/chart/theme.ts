// Colours of the drawn parts; the rest of the page has them in its style sheet.
import type { Theme } from "../../shared/display/palette.ts";

export interface ChartTheme {
  background: string;
  text: string;
  line: string;
  crosshair: string;
  label: string;
  /** Fill and inner outline of a candle, and the outline around that: always black on white or white on black. */
  ink: string;
  halo: string;
  long: string;
  short: string;
  marker: string;
}

export const CHART_THEMES: Record<Theme, ChartTheme> = {
  dark: {
    background: "#07080c",
    text: "#a8b0c0",
    line: "rgba(150, 165, 195, 0.09)",
    crosshair: "#9aa6bd",
    label: "#2b3344",
    ink: "#ffffff",
    halo: "#000000",
    long: "#43b9d6",
    short: "#e08cc4",
    marker: "#f2f4f8",
  },
  light: {
    background: "#ffffff",
    text: "#454c5b",
    line: "rgba(40, 55, 85, 0.10)",
    crosshair: "#5d6880",
    label: "#4a5468",
    ink: "#000000",
    halo: "#ffffff",
    long: "#0b7f9c",
    short: "#ab3f88",
    marker: "#10131a",
  },
};
