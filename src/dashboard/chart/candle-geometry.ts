// Pixel geometry of one candle in bitmap space: whole pixels, odd wick centred on the body.

export interface CandleBox {
  wickLeft: number;
  wickWidth: number;
  bodyLeft: number;
  bodyWidth: number;
  highY: number;
  lowY: number;
  bodyTop: number;
  bodyHeight: number;
  /** Thickness of each of the two outlines. */
  line: number;
}

/** Places a candle. Coordinates in css pixels, y grows downwards; ratios are bitmap pixels per css pixel. */
export function candleBox(
  x: number,
  y: { open: number; high: number; low: number; close: number },
  barSpacing: number,
  horizontalRatio: number,
  verticalRatio: number,
): CandleBox {
  const spacing = barSpacing * horizontalRatio;
  const line = Math.max(1, Math.round(horizontalRatio / 2));
  // room for the outline on both sides, so that neighbours stay apart
  const bodyWidth = Math.max(line, Math.floor(spacing * 0.8) - line);
  const wickWidth = Math.max(1, Math.min(line, bodyWidth));
  const centre = Math.round(x * horizontalRatio);
  const top = Math.round(Math.min(y.open, y.close) * verticalRatio);
  const bottom = Math.round(Math.max(y.open, y.close) * verticalRatio);
  return {
    wickLeft: centre - Math.floor(wickWidth / 2),
    wickWidth,
    bodyLeft: centre - Math.floor(bodyWidth / 2),
    bodyWidth,
    highY: Math.min(Math.round(y.high * verticalRatio), top),
    lowY: Math.max(Math.round(y.low * verticalRatio), bottom),
    bodyTop: top,
    bodyHeight: Math.max(line, bottom - top),
    line,
  };
}

/** True when a body is wide enough to be drawn hollow and still read as such. */
export function canBeHollow(box: CandleBox): boolean {
  return box.bodyWidth >= 3 * box.line && box.bodyHeight >= 3 * box.line;
}
