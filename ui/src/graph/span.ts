// The part of an axis that is in view.

/** A part of an axis: 0 is its beginning, and 1 its end. */
export type Span = readonly [from: number, to: number];

/** All of an axis. */
export const WHOLE: Span = [0, 1];

/** The smallest part that is shown. */
const SMALLEST = 1e-4;

/** Returns a part of the same length that lies on the axis. */
function held(from: number, length: number): Span {
  const size = Math.min(1, Math.max(SMALLEST, length));
  const start = Math.min(1 - size, Math.max(0, from));
  return [start, start + size];
}

/** Returns a part that is `factor` times as long. The place `at` (0 to 1 of the view) stays. */
export function zoomSpan([from, to]: Span, at: number, factor: number): Span {
  const length = Math.min(1, Math.max(SMALLEST, (to - from) * factor));
  return held(from + at * (to - from - length), length);
}

/** Returns the part that is seen after moving by `by` times its own length. */
export function panSpan([from, to]: Span, by: number): Span {
  return held(from + by * (to - from), to - from);
}

/** Returns true if all of an axis is seen. */
export function isWhole([from, to]: Span): boolean {
  return from === 0 && to === 1;
}

/** Reads a part from two numbers. Anything else is all of the axis. */
export function spanOf(from: number, to: number): Span {
  return 0 <= from && from < to && to <= 1 ? held(from, to - from) : WHOLE;
}
