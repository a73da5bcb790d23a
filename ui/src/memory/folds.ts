/** Hidden rows that stand together: the first row, and the one after the last. */
export interface Run {
  first: number;
  end: number;
}

/** One line of the grid: a row, or a run of rows that all equal the row above them. */
export interface Line extends Run {
  folded: boolean;
}

/**
 * The rows that each line of the grid shows. There can be as many runs as a memory has, so they are
 * found by bisection and kept as plain numbers: first and end in turn, in order.
 */
export class Folds {
  readonly rows: number;
  readonly #runs: Float64Array;
  /** The line of each run. */
  readonly #lines: Float64Array;

  constructor(rows: number, runs: Float64Array = new Float64Array()) {
    this.rows = rows;
    // If the memory has become smaller, runs past its end are dropped.
    let count = runs.length / 2;
    while (count > 0 && (runs[count * 2 - 1] ?? 0) > rows) count--;
    this.#runs = runs.subarray(0, count * 2);
    this.#lines = new Float64Array(count);
    let hidden = 0;
    for (let index = 0; index < count; index++) {
      this.#lines[index] = this.#first(index) - hidden;
      // The fold itself takes a line.
      hidden += this.#end(index) - this.#first(index) - 1;
    }
  }

  /** The number of lines. */
  get lines(): number {
    return this.lineOf(this.rows);
  }

  /** Returns the rows of a line. */
  at(line: number): Line {
    const index = last(this.#lines.length, (one) => (this.#lines[one] ?? 0) <= line);
    if (index < 0) return { first: line, end: line + 1, folded: false };
    const below = line - (this.#lines[index] ?? 0);
    if (below === 0) return { first: this.#first(index), end: this.#end(index), folded: true };
    const first = this.#end(index) + below - 1;
    return { first, end: first + 1, folded: false };
  }

  /** Returns the line of a row, or the line of the fold that hides it. */
  lineOf(row: number): number {
    const index = this.#before(row);
    if (index < 0) return row;
    const line = this.#lines[index] ?? 0;
    return row < this.#end(index) ? line : line + 1 + row - this.#end(index);
  }

  /** Returns the run that hides a row, or null. */
  hiding(row: number): Run | null {
    const index = this.#before(row);
    return index >= 0 && row < this.#end(index)
      ? { first: this.#first(index), end: this.#end(index) }
      : null;
  }

  /** Returns the rows that some lines show, with adjacent rows as one run. */
  shown(line: number, count: number): Run[] {
    const runs: Run[] = [];
    const end = Math.min(line + count, this.lines);
    for (let one = Math.max(0, line); one < end; one++) {
      const { first, end, folded } = this.at(one);
      const before = runs.at(-1);
      if (folded) continue;
      if (before?.end === first) before.end = end;
      else runs.push({ first, end });
    }
    return runs;
  }

  #before(row: number): number {
    return last(this.#lines.length, (one) => this.#first(one) <= row);
  }

  #first(index: number): number {
    return this.#runs[index * 2] ?? 0;
  }

  #end(index: number): number {
    return this.#runs[index * 2 + 1] ?? 0;
  }
}

/**
 * Returns the last index for which `holds` is true, or -1. It must be true for all indices before.
 */
function last(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
