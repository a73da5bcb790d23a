/** Rows of which none is shown: the first, and the one after the last. */
export interface Run {
  first: number;
  end: number;
}

/** One line of the grid: a row, or a run of rows that are all as the one above them. */
export interface Line extends Run {
  folded: boolean;
}

/**
 * Which line of the grid shows which rows. Runs are as many as a memory has, so they are found by
 * halving, and kept as plain numbers: first and end in turn, in order.
 */
export class Folds {
  readonly rows: number;
  readonly #runs: Float64Array;
  /** The line of each run. */
  readonly #lines: Float64Array;

  constructor(rows: number, runs: Float64Array = new Float64Array()) {
    this.rows = rows;
    // Of a memory that has become smaller, none that is past its end.
    let count = runs.length / 2;
    while (count > 0 && (runs[count * 2 - 1] ?? 0) > rows) count--;
    this.#runs = runs.subarray(0, count * 2);
    this.#lines = new Float64Array(count);
    let hidden = 0;
    for (let index = 0; index < count; index++) {
      this.#lines[index] = this.#first(index) - hidden;
      // The fold itself has a line.
      hidden += this.#end(index) - this.#first(index) - 1;
    }
  }

  /** How many lines there are. */
  get lines(): number {
    return this.lineOf(this.rows);
  }

  /** What a line shows. */
  at(line: number): Line {
    const index = last(this.#lines.length, (one) => (this.#lines[one] ?? 0) <= line);
    if (index < 0) return { first: line, end: line + 1, folded: false };
    const below = line - (this.#lines[index] ?? 0);
    if (below === 0) return { first: this.#first(index), end: this.#end(index), folded: true };
    const first = this.#end(index) + below - 1;
    return { first, end: first + 1, folded: false };
  }

  /** The line that shows a row, or stands for it. */
  lineOf(row: number): number {
    const index = this.#before(row);
    if (index < 0) return row;
    const line = this.#lines[index] ?? 0;
    return row < this.#end(index) ? line : line + 1 + row - this.#end(index);
  }

  /** The run that hides a row. */
  hiding(row: number): Run | null {
    const index = this.#before(row);
    return index >= 0 && row < this.#end(index)
      ? { first: this.#first(index), end: this.#end(index) }
      : null;
  }

  /** The rows that some lines show, those that stand together as one. */
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
 * The last index for which something holds that holds for all before it; -1 where it holds for
 * none.
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
