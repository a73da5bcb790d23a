// The sheet of characters from which rows of bytes are painted.

import { words } from '../words/memory/glyphs.ts';

/** The characters of the sheet: printable ASCII, and a dot for everything else. */
export const GLYPHS = `${Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')}·`;

/** Returns the number of a character's glyph; the dot stands for characters that have none. */
export function glyphOf(code: number): number {
  return code > 31 && code < 127 ? code - 32 : GLYPHS.length - 1;
}

/** Colours of the page, in any notation of CSS. */
export interface Colours {
  surface: string;
  text: string;
  muted: string;
  selection: string;
  warning: string;
  warningSoft: string;
  accent: string;
}

/** The looks of a byte: its text colour, its background, and whether a bar is below it. */
const LOOKS = {
  plain: { ink: 'text', ground: 'surface', bar: false },
  zero: { ink: 'muted', ground: 'surface', bar: false },
  selected: { ink: 'text', ground: 'selection', bar: false },
  selectedZero: { ink: 'muted', ground: 'selection', bar: false },
  faded: { ink: 'warning', ground: 'surface', bar: false },
  selectedFaded: { ink: 'warning', ground: 'selection', bar: false },
  changed: { ink: 'warning', ground: 'warningSoft', bar: false },
  fresh: { ink: 'warning', ground: 'warningSoft', bar: true },
} as const satisfies Record<string, { ink: keyof Colours; ground: keyof Colours; bar: boolean }>;

export type GlyphStyle = keyof typeof LOOKS;

const NAMES = Object.keys(LOOKS) as GlyphStyle[];
const ROWS = Object.fromEntries(NAMES.map((name, row) => [name, row])) as Record<
  GlyphStyle,
  number
>;

/**
 * Every glyph in every look, as pixels. A browser takes some ten milliseconds to lay out and paint
 * a few thousand elements, which slows a guest down; copying pixels takes one.
 */
export class Glyphs {
  /** The size of a character, in pixels of the screen. */
  readonly width: number;
  readonly height: number;
  readonly #sheet: Uint32Array;
  readonly #stride: number;
  readonly #grounds: Record<GlyphStyle, number>;
  readonly #colours: Record<keyof Colours, number>;
  readonly #bar: number;

  /** Draws the glyphs in a font whose size is in pixels of the screen. */
  constructor(font: string, height: number, scale: number, colours: Colours) {
    const pen = canvas(1, 1);
    pen.font = font;
    const of = pen.measureText('0');
    this.width = Math.max(1, Math.round(of.width));
    this.height = height;
    this.#stride = this.width * GLYPHS.length;
    this.#bar = Math.max(1, Math.round(2 * scale));
    const base = Math.round((height + of.fontBoundingBoxAscent - of.fontBoundingBoxDescent) / 2);
    const sheet = canvas(this.#stride, height * NAMES.length);
    sheet.font = font;
    for (const name of NAMES) {
      const { ink, ground, bar } = LOOKS[name];
      const top = ROWS[name] * height;
      sheet.fillStyle = colours[ground];
      sheet.fillRect(0, top, this.#stride, height);
      sheet.fillStyle = colours[ink];
      for (const [index, glyph] of [...GLYPHS].entries())
        sheet.fillText(glyph, index * this.width, top + base);
      if (bar) sheet.fillRect(0, top + height - this.#bar, this.#stride, this.#bar);
    }
    this.#sheet = pixels(sheet);
    const one = (colour: string): number => {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      return pixels(pen)[0] ?? 0;
    };
    this.#colours = map(colours, one);
    this.#grounds = map(LOOKS, ({ ground }) => this.#colours[ground]);
  }

  /** Returns a colour as a pixel value. */
  colour(name: keyof Colours): number {
    return this.#colours[name];
  }

  /**
   * Copies a glyph with its upper left corner at a place. The part outside of the picture is left
   * out.
   */
  draw(
    glyph: number,
    look: GlyphStyle,
    to: Uint32Array,
    across: number,
    left: number,
    top: number,
  ): void {
    const from = Math.max(0, -left);
    const end = Math.min(this.width, across - left);
    let source = ROWS[look] * this.height * this.#stride + glyph * this.width;
    let target = top * across + left;
    for (let y = 0; y < this.height && target < to.length; y++) {
      for (let x = from; x < end; x++) to[target + x] = this.#sheet[source + x] as number;
      source += this.#stride;
      target += across;
    }
  }

  /** Fills the background of a look to a width. */
  ground(
    look: GlyphStyle,
    width: number,
    to: Uint32Array,
    across: number,
    left: number,
    top: number,
  ): void {
    const [from, end] = [Math.max(0, left), Math.min(across, left + width)];
    if (end <= from) return;
    const [ground, ink] = [this.#grounds[look], this.#colours[LOOKS[look].ink]];
    const bar = LOOKS[look].bar ? this.height - this.#bar : this.height;
    for (let y = 0; y < this.height; y++) {
      const row = (top + y) * across;
      to.fill(y < bar ? ground : ink, row + from, row + end);
    }
  }
}

function canvas(width: number, height: number): CanvasRenderingContext2D {
  const element = document.createElement('canvas');
  [element.width, element.height] = [width, height];
  const pen = element.getContext('2d', { willReadFrequently: true });
  if (!pen) throw new Error(words.browserCannotDrawCanvas);
  return pen;
}

function pixels(pen: CanvasRenderingContext2D): Uint32Array {
  return new Uint32Array(pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height).data.buffer);
}

function map<K extends string, From, To>(
  record: Record<K, From>,
  to: (from: From) => To,
): Record<K, To> {
  return Object.fromEntries(
    Object.entries<From>(record).map(([key, from]) => [key, to(from)]),
  ) as Record<K, To>;
}
