// How a picture is to look, from its address.
import { PALETTES, type PaletteName, type Theme } from "../../../src/shared/display/palette.ts";
import { ApiError } from "../../../src/shared/error/api-error.ts";
import type { PictureStyle } from "../picture/look.ts";

export const WIDTH = { least: 240, most: 1_600, usual: 1_200 };
export const HEIGHT = { least: 160, most: 1_200, usual: 630 };
export const THEMES: readonly Theme[] = ["dark", "light"];

export const STYLE_PARAMETERS = ["width", "height", "theme", "colors"] as const;

export function pictureStyle(query: URLSearchParams): PictureStyle {
  return {
    width: size("width", query.get("width"), WIDTH),
    height: size("height", query.get("height"), HEIGHT),
    theme: word<Theme>("theme", query.get("theme"), THEMES),
    palette: word<PaletteName>("colors", query.get("colors"), PALETTES),
  };
}

function size(name: string, text: string | null, { least, most, usual }: typeof WIDTH): number {
  if (text === null) return usual;
  const pixels = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (pixels >= least && pixels <= most) return pixels;
  throw new ApiError("invalid-parameter", `${name} was ${text.slice(0, 20)}, expected ${least} to ${most} pixels`, {
    parameter: name,
  });
}

function word<Word extends string>(
  name: string,
  text: string | null,
  accepted: readonly [Word, ...Word[]] | readonly Word[],
): Word {
  const found = text === null ? accepted[0] : accepted.find((one) => one === text);
  if (found !== undefined) return found;
  throw new ApiError(
    "invalid-parameter",
    `parameter ${name} was "${(text ?? "").slice(0, 40)}", expected one of ${accepted.join(", ")}`,
    {
      parameter: name,
      accepted,
    },
  );
}
