// A bitmap font of our own, 5 × 7 pixels: what a label on a picture needs. Small letters are drawn as capitals.

export const GLYPH_WIDTH = 5;
export const GLYPH_HEIGHT = 7;

/** Seven rows per glyph, each a base-32 digit whose bits are five pixels, left = 16. */
const GLYPHS: Record<string, string> = {
  "0": "EHJLPHE",
  "1": "4C4444E",
  "2": "EH1248V",
  "3": "V2421HE",
  "4": "26AIV22",
  "5": "VGU11HE",
  "6": "68GUHHE",
  "7": "V124888",
  "8": "EHHEHHE",
  "9": "EHHF12C",
  A: "EHHVHHH",
  B: "UHHUHHU",
  C: "EHGGGHE",
  D: "SIHHHIS",
  E: "VGGUGGV",
  F: "VGGUGGG",
  G: "EHGNHHF",
  H: "HHHVHHH",
  I: "E44444E",
  J: "72222IC",
  K: "HIKOKIH",
  L: "GGGGGGV",
  M: "HRLLHHH",
  N: "HHPLJHH",
  O: "EHHHHHE",
  P: "UHHUGGG",
  Q: "EHHHLID",
  R: "UHHUKIH",
  S: "FGGE11U",
  T: "V444444",
  U: "HHHHHHE",
  V: "HHHHHA4",
  W: "HHHLLLA",
  X: "HHA4AHH",
  Y: "HHHA444",
  Z: "V1248GV",
  ".": "00000CC",
  ",": "0000C48",
  ":": "0CC0CC0",
  "%": "OP248J3",
  $: "4FKE5U4",
  "€": "78UGU87",
  "-": "000V000",
  "+": "044V440",
  "/": "01248G0",
  "(": "2488842",
  ")": "8422248",
};

/** Rows of a character's pixels; empty for what the font lacks. */
export function glyphRows(character: string): number[] {
  const digits = GLYPHS[character.toUpperCase()] ?? "";
  return [...digits].map((digit) => Number.parseInt(digit, 32));
}

/** Width of a text in pixels at a magnification. */
export function textWidth(text: string, scale: number): number {
  return Math.max(0, text.length * (GLYPH_WIDTH + 1) - 1) * scale;
}
