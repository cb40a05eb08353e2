// Palettes as a few sRGB stops. On a dark page more = lighter, on a light page the same maps run backwards.

export const PALETTES = ["inferno", "viridis", "cividis", "classic"] as const;
export type PaletteName = (typeof PALETTES)[number];

export type Theme = "dark" | "light";

/** Colour stops from weak to strong on a dark page, as 0xRRGGBB, evenly spaced. */
const STOPS: Record<PaletteName, readonly number[]> = {
  inferno: [
    0x000004, 0x160b39, 0x420a68, 0x6a176e, 0x932667, 0xbc3754, 0xdd513a, 0xf37819, 0xfca50a, 0xf6d746, 0xfcffa4,
  ],
  viridis: [
    0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26, 0xfde725,
  ],
  cividis: [0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55, 0xfee838],
  classic: [0xfff59d, 0xffd54f, 0xffa726, 0xf4511e, 0xc31313],
};

/** Strong ends of the change map: falling sizes blue, rising sizes orange, never red and green. */
const DIVERGING: Record<Theme, { less: readonly number[]; more: readonly number[] }> = {
  dark: { less: [0x1d4f91, 0x3f8ae0, 0x7cc0ff], more: [0x8a4513, 0xe8822a, 0xffb35c] },
  light: { less: [0x9cc4ee, 0x2f7fd0, 0x08306b], more: [0xf5c08a, 0xdd7316, 0x6f2b02] },
};

/** Colour at `position` 0 … 1 as `[red, green, blue]`. "Classic" keeps its order on both themes: its strong end is dark. */
export function paletteColour(name: PaletteName, theme: Theme, position: number): [number, number, number] {
  const reversed = theme === "light" && name !== "classic";
  return interpolate(STOPS[name], reversed ? 1 - position : position);
}

/** Colour of a change at `position` −1 … 1. */
export function divergingColour(theme: Theme, position: number): [number, number, number] {
  const { less, more } = DIVERGING[theme];
  return interpolate(position < 0 ? less : more, Math.abs(position));
}

function interpolate(stops: readonly number[], position: number): [number, number, number] {
  const at = Math.max(0, Math.min(1, position)) * (stops.length - 1);
  const i = Math.min(Math.floor(at), stops.length - 2);
  const part = at - i;
  const from = stops[i] ?? 0;
  const to = stops[i + 1] ?? from;
  const channel = (shift: number): number => {
    const a = (from >> shift) & 255;
    return Math.round(a + (((to >> shift) & 255) - a) * part);
  };
  return [channel(16), channel(8), channel(0)];
}
