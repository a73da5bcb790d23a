// What is drawn of more figures than there are pixels: the extremes of each column.

/** The drawn figures of a line: places that ascend, and a time for each. */
export interface Line {
  xs: readonly number[];
  ys: readonly number[];
}

/** All figures of a line, which may be many. */
interface All {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
}

/**
 * Returns the figures that are seen of those from `from` to `to` in `columns` columns of pixels: of
 * each column the first, the last, the least and the greatest, and one more on each side for the
 * segments that leave the view. A peak of one figure among a million is there.
 */
export function thinned({ xs, ys }: All, from: number, to: number, columns: number): Line {
  const inside: number[] = [];
  const width = (to - from) / Math.max(1, columns);
  let [first, lowest, highest, last] = [-1, -1, -1, -1];
  let column = NaN;
  const close = (): void => {
    if (first < 0) return;
    const kept = [...new Set([first, lowest, highest, last])].sort((a, b) => a - b);
    inside.push(...kept);
  };
  for (let at = 0; at < xs.length; at++) {
    const x = xs[at] ?? 0;
    // Those outside count as a column on each side.
    const here = x < from ? -1 : x > to ? columns : Math.floor((x - from) / width);
    const y = ys[at] ?? 0;
    if (here !== column) {
      // Of those before the view only the last is seen, and of those after it the first.
      if (column === -1) inside.push(last);
      else close();
      if (here === columns) {
        inside.push(at);
        first = -1;
        column = here;
        break;
      }
      column = here;
      first = lowest = highest = at;
    }
    if (y < (ys[lowest] ?? 0)) lowest = at;
    if (y > (ys[highest] ?? 0)) highest = at;
    last = at;
  }
  if (column === -1) inside.push(last);
  else close();
  return { xs: inside.map((at) => xs[at] ?? 0), ys: inside.map((at) => ys[at] ?? 0) };
}
