// The PNG writer against a reader of another hand.
import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { encodePng } from "../../../workers/api/picture/png.ts";

/** A picture of `colours` colours, in stripes. */
function stripes(width: number, height: number, colours: number) {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const colour = i % colours;
    rgb.set([colour & 255, (colour * 7) & 255, colour >> 8], i * 3);
  }
  return { width, height, rgb };
}

function colourOf(png: ReturnType<typeof decode>, pixel: number): number[] {
  const { palette } = png;
  const sample = png.data[pixel] ?? 0;
  if (palette !== undefined) return [...(palette[sample] ?? [])].slice(0, 3);
  return [...png.data.slice(pixel * 3, pixel * 3 + 3)];
}

describe("encodePng", () => {
  test.each([
    ["two colours", 9, 5, 2, true],
    ["as many as a palette holds", 40, 20, 256, true],
    ["one more", 40, 20, 257, false],
    ["a single pixel", 1, 1, 1, true],
  ])("%s come back as they were", async (_, width, height, colours, hasPalette) => {
    const picture = stripes(width, height, colours);
    const png = decode(await encodePng(picture));
    expect([png.width, png.height, png.palette !== undefined]).toEqual([width, height, hasPalette]);
    for (let pixel = 0; pixel < width * height; pixel++) {
      expect(colourOf(png, pixel)).toEqual([...picture.rgb.slice(pixel * 3, pixel * 3 + 3)]);
    }
  });
});
