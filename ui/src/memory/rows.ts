// The rows of the grid as elements: unseen, for the pointer and for screen readers.

import type { Folds, Run } from './folds.ts';
import { words } from '../words/memory/rows.ts';

/** The state from which the rows are drawn. */
export interface Frame {
  /** The number of the first line. */
  line: number;
  /** The rows that each line shows. */
  folds: Folds;
  /** The size of the memory, in bytes. */
  size: number;
  columns: number;
  group: number;
  cursor: number;
  /** The first selected byte and the one after the last. */
  selection: [number, number];
  /** True if the first digit of the byte under the cursor was typed. */
  half: boolean;
  address(of: number): string;
  byte(address: number): number | undefined;
  heat(address: number): number;
}

interface Row {
  element: HTMLElement;
  address: HTMLElement;
  cells: HTMLElement[];
  characters: HTMLElement[];
  /** The characters of the row, in one element. */
  text: HTMLElement;
  /** The text in place of the cells if the line is a fold. */
  fold: HTMLElement;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const CHARACTERS = Array.from({ length: 256 }, (_, byte) =>
  byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·',
);

/**
 * Writes bytes into rows of elements that stay in place, for screen readers and for the pointer.
 * People see the picture below them. Cells that have not changed are left alone, because this runs
 * at every frame during scrolling.
 */
export class Rows {
  readonly #body: HTMLElement;
  readonly #id: string;
  #rows: Row[] = [];
  #shape = '';

  constructor(body: HTMLElement, id: string) {
    this.#body = body;
    this.#id = id;
  }

  /** Makes as many rows as are seen. */
  layout(rows: number, columns: number, group: number): void {
    const shape = `${rows} ${columns} ${group}`;
    if (shape === this.#shape) return;
    this.#shape = shape;
    this.#rows = Array.from({ length: rows }, (_, slot) => this.#makeRow(slot, columns, group));
    this.#body.replaceChildren(...this.#rows.map((row) => row.element));
  }

  write(frame: Frame): void {
    this.#rows.forEach((row, slot) => this.#writeRow(row, frame, frame.line + slot));
  }

  /** Returns the id of the cell of an address, or null if it is not in these rows. */
  cellId(address: number, { line, folds, columns, group }: Frame): string | null {
    const row = Math.floor(address / columns);
    const slot = folds.lineOf(row) - line;
    if (slot < 0 || slot >= this.#rows.length) return null;
    return this.#nameOf(slot, folds.hiding(row) ? 'fold' : Math.floor((address % columns) / group));
  }

  #nameOf(slot: number, cell: number | 'fold'): string {
    return `${this.#id}-${slot}-${cell}`;
  }

  #writeRow(row: Row, frame: Frame, line: number): void {
    const { element, address, cells, characters, text, fold } = row;
    const { columns, group, size, folds } = frame;
    const run = folds.at(line);
    const first = run.first * columns;
    const there = first < size;
    if (element.hidden === there) element.hidden = !there;
    if (!there) return;
    // The row of headings is the first. Folded rows count although they are not in the page.
    set(element, 'aria-rowindex', String(run.first + 2));
    write(address, frame.address(first));
    if (run.folded !== (fold.parentNode !== null)) {
      element.replaceChildren(address, ...(run.folded ? [fold] : [...cells, text]));
    }
    if (run.folded) return writeFold(fold, frame, run);
    cells.forEach((cell, index) => {
      const at = first + index * group;
      write(cell, at < size ? digits(frame, at, group) : '');
      set(cell, 'aria-selected', String(isSelected(frame, at, group)));
    });
    characters.forEach((character, index) => {
      const byte = frame.byte(first + index);
      write(character, byte === undefined ? ' ' : (CHARACTERS[byte] ?? '·'));
    });
  }

  #makeRow(slot: number, columns: number, group: number): Row {
    const element = make('div', 'row', 'row');
    // A row that is not written yet has no address to be read aloud.
    element.hidden = true;
    const address = make('div', 'address', 'rowheader');
    address.setAttribute('aria-colindex', '1');
    const cells = Array.from({ length: columns / group }, (_, index) => {
      const cell = make('div', '', 'gridcell');
      cell.id = this.#nameOf(slot, index);
      cell.dataset.at = String(slot * columns + index * group);
      cell.setAttribute('aria-colindex', String(index + 2));
      return cell;
    });
    const text = make('div', 'text', 'gridcell');
    text.setAttribute('aria-colindex', String(columns / group + 2));
    const characters = Array.from({ length: columns }, (_, index) => {
      const character = document.createElement('span');
      character.dataset.at = String(slot * columns + index);
      return character;
    });
    text.append(...characters);
    const fold = make('div', 'fold', 'gridcell');
    fold.id = this.#nameOf(slot, 'fold');
    fold.dataset.at = String(slot * columns);
    fold.setAttribute('aria-colindex', '2');
    fold.setAttribute('aria-colspan', String(columns / group + 1));
    fold.title = words.pressEnterClickShow;
    element.append(address, ...cells, text);
    return { element, address, cells, characters, text, fold };
  }
}

function writeFold(fold: HTMLElement, frame: Frame, { first, end }: Run): void {
  const [from, to] = [first * frame.columns, end * frame.columns];
  write(fold, foldText(first, end, frame.columns));
  set(fold, 'aria-selected', String(isSelected(frame, from, to - from)));
}

/** The text of a line that stands for rows which equal the row above. */
export function foldText(first: number, end: number, columns: number): string {
  return words.sameAbove(end - first, (end - first) * columns);
}

/**
 * Formats the bytes of a cell as one number, as a guest would load it: the first byte is the
 * lowest.
 */
function digits({ byte }: Frame, at: number, group: number): string {
  let text = '';
  for (let index = group - 1; index >= 0; index--) {
    const value = byte(at + index);
    text += value === undefined ? '··' : HEX[value];
  }
  return text;
}

/** Returns true if a cell is selected. A selection of a single byte is only the cursor. */
export function isSelected({ selection: [start, end] }: Frame, at: number, group: number): boolean {
  return end - start > 1 && at < end && at + group > start;
}

function make(tag: string, className: string, role: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.setAttribute('role', role);
  return element;
}

function write(element: HTMLElement, text: string): void {
  const node = element.firstChild as Text | null;
  if (!node) element.append(text);
  else if (node.data !== text) node.data = text;
}

function set(element: HTMLElement, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
