// The colour table for what is shown now.
import { computed } from "@preact/signals";
import { buildLut } from "../../shared/display/lut.ts";
import { scale, theme, thresholdUsd, view } from "./store.ts";

export const lut = computed(() => buildLut(view.value.display.palette, theme.value, scale.value, thresholdUsd.value));
