// The lines of a text beside those of another, for the solution of a lesson.

/** A line of a difference. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed' | 'folded';
  text: string;
}

/** The most lines of a text that are compared: the table of the comparison grows with their square. */
const MOST = 600;

/** Returns the lines that turn `before` into `after`, by their longest common subsequence. */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = before.trim().split('\n');
  const now = after.trim().split('\n');
  if (old.length > MOST || now.length > MOST)
    return [...old.map(lineOf('removed')), ...now.map(lineOf('added'))];
  const width = now.length + 1;
  /** The length of the longest common subsequence of `old` from `i` on and `now` from `j` on. */
  const common = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      common[i * width + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [left, right] = [old[i], now[j]];
    if (left === undefined || right === undefined) break;
    if (left === right) {
      lines.push({ kind: 'same', text: left });
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      lines.push({ kind: 'removed', text: left });
      i++;
    } else {
      lines.push({ kind: 'added', text: right });
      j++;
    }
  }
  return [...lines, ...old.slice(i).map(lineOf('removed')), ...now.slice(j).map(lineOf('added'))];
}

/** The lines without a change that are shown beside one. */
const BESIDE = 3;

/** Puts one line without a text in place of lines that are the same and far from every change. */
export function foldSame(lines: readonly DiffLine[]): DiffLine[] {
  const isNear = (at: number) =>
    lines.slice(Math.max(0, at - BESIDE), at + BESIDE + 1).some(({ kind }) => kind !== 'same');
  const folded: DiffLine[] = [];
  for (const [at, line] of lines.entries())
    if (isNear(at)) folded.push(line);
    else if (folded.at(-1)?.kind !== 'folded') folded.push({ kind: 'folded', text: '' });
  return folded;
}

function lineOf(kind: DiffLine['kind']): (text: string) => DiffLine {
  return (text) => ({ kind, text });
}
