// The bytes that are seen, as a picture that is copied glyph by glyph.

import type { Run } from './folds.ts';
import { GLYPHS, glyphOf, Glyphs, type Colours, type GlyphStyle } from './glyphs.ts';
import { foldText, isSelected, type Frame } from './rows.ts';
import { words } from '../words/memory/picture.ts';

/** The width of the column of addresses in characters, and the margin on both sides of its text. */
const ADDRESS = 11;
const MARGIN = 1;

const DOT = GLYPHS.length - 1;
const HEX = Array.from('0123456789abcdef', (digit) => glyphOf(digit.charCodeAt(0)));

/** The size of the picture, in pixels of the page. */
export interface Extent {
  /** The width that is available. */
  width: number;
  /** The number of characters in a row. */
  characters: number;
  rows: number;
  /** The height of one row. */
  row: number;
}

/**
 * Draws the bytes that are seen on a canvas, pixel by pixel, in the colours and the font of the
 * page.
 */
export class Picture {
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  #glyphs: Glyphs | undefined;
  #made = '';
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array(1);
  /** The pixels on the canvas. */
  #shown = new Uint32Array(1);
  /**
   * Screen pixels in a pixel of the page, and in the height of a row. At some zooms the first is
   * not a whole number.
   */
  #scale = 1;
  #height = 1;
  #left = 0;

  constructor(canvas: HTMLCanvasElement) {
    const pen = canvas.getContext('2d', { alpha: false });
    if (!pen) throw new Error(words.browserCannotDrawCanvas);
    this.#canvas = canvas;
    this.#pen = pen;
  }

  /** Takes font, colours and size as they are now. Returns the width of a character. */
  layout(extent: Extent): number {
    const scale = devicePixelRatio;
    const style = getComputedStyle(this.#canvas);
    const height = Math.round(extent.row * scale);
    const font = `${parseFloat(style.fontSize) * scale}px ${style.fontFamily}`;
    const colours = coloursOf(style);
    const wanted = [font, height, ...Object.values(colours)].join();
    if (!this.#glyphs || wanted !== this.#made) {
      this.#made = wanted;
      this.#glyphs = new Glyphs(font, height, scale, colours);
      this.#shown.fill(0);
    }
    const room = Math.min(Math.round(extent.width * scale), extent.characters * this.#glyphs.width);
    const [width, whole] = [
      Math.max(1, room),
      Math.max(1, Math.round(extent.rows * extent.row * scale)),
    ];
    if (width !== this.#image.width || whole !== this.#image.height || scale !== this.#scale) {
      [this.#canvas.width, this.#canvas.height] = [width, whole];
      this.#canvas.style.inlineSize = `${width / scale}px`;
      this.#canvas.style.blockSize = `${extent.rows * extent.row}px`;
      this.#image = new ImageData(width, whole);
      this.#pixels = new Uint32Array(this.#image.data.buffer);
      this.#shown = new Uint32Array(this.#pixels.length);
    }
    this.#scale = scale;
    this.#height = extent.row * scale;
    return this.#glyphs.width / scale;
  }

  /** Draws `rows` rows, scrolled to the left by `scrolled` pixels of the page. */
  paint(frame: Frame, rows: number, scrolled: number, focused: boolean): void {
    const glyphs = this.#glyphs;
    if (!glyphs) return;
    this.#left = -Math.round(scrolled * this.#scale);
    this.#pixels.fill(glyphs.colour('surface'));
    for (let slot = 0; slot < rows; slot++) {
      const run = frame.folds.at(frame.line + slot);
      const first = run.first * frame.columns;
      if (first >= frame.size) break;
      const top = Math.round(slot * this.#height);
      if (run.folded) this.#fold(glyphs, frame, run, top, focused);
      else this.#row(glyphs, frame, first, top, focused);
      // The column of addresses stays in place while the bytes scroll sideways.
      glyphs.ground('zero', ADDRESS * glyphs.width, this.#pixels, this.#image.width, 0, top);
      this.#write(frame.address(first), 'zero', MARGIN * glyphs.width, top);
    }
    this.#show();
  }

  #row(glyphs: Glyphs, frame: Frame, first: number, top: number, focused: boolean): void {
    const { columns, group, size } = frame;
    const wide = glyphs.width;
    const cell = (2 * group + 1) * wide;
    let left = this.#left + ADDRESS * wide;
    for (let at = first; at < first + columns; at += group, left += cell) {
      if (at >= size) continue;
      const look = looks(frame, at, group);
      if (look !== 'plain' && look !== 'zero') this.#ground(look, cell, left, top);
      let place = left + (wide >> 1);
      // A cell is one number, as a guest would load it: the first byte is the lowest.
      for (let index = at + group - 1; index >= at; index--, place += 2 * wide) {
        const byte = frame.byte(index);
        this.#glyph(byte === undefined ? DOT : (HEX[byte >> 4] as number), look, place, top);
        this.#glyph(byte === undefined ? DOT : (HEX[byte & 15] as number), look, place + wide, top);
      }
      if (frame.cursor >= at && frame.cursor < at + group) {
        this.#cursor(left, top, cell, focused);
        if (frame.half) this.#underline(left + (wide >> 1), top, 2 * group * wide);
      }
    }
    left += MARGIN * wide;
    for (let at = first; at < first + columns; at++, left += wide) {
      const byte = frame.byte(at);
      this.#glyph(byte === undefined ? glyphOf(32) : glyphOf(byte), looks(frame, at, 1), left, top);
      if (frame.cursor === at) this.#cursor(left, top, wide, focused);
    }
  }

  #fold(glyphs: Glyphs, frame: Frame, { first, end }: Run, top: number, focused: boolean): void {
    const [from, to] = [first * frame.columns, end * frame.columns];
    const look = isSelected(frame, from, to - from) ? 'selectedZero' : 'zero';
    const text = foldText(first, end, frame.columns);
    const left = this.#left + ADDRESS * glyphs.width;
    const width = (text.length + 1) * glyphs.width;
    this.#ground(look, width, left, top);
    this.#write(text, look, left + (glyphs.width >> 1), top);
    if (frame.cursor >= from && frame.cursor < to) this.#cursor(left, top, width, focused);
  }

  #write(text: string, look: GlyphStyle, left: number, top: number): void {
    const wide = this.#glyphs?.width ?? 0;
    for (let index = 0; index < text.length; index++) {
      this.#glyph(glyphOf(text.charCodeAt(index)), look, left + index * wide, top);
    }
  }

  #glyph(glyph: number, look: GlyphStyle, left: number, top: number): void {
    this.#glyphs?.draw(glyph, look, this.#pixels, this.#image.width, left, top);
  }

  #ground(look: GlyphStyle, width: number, left: number, top: number): void {
    this.#glyphs?.ground(look, width, this.#pixels, this.#image.width, left, top);
  }

  /** Draws a frame around a cell, thicker if the grid has the focus. */
  #cursor(left: number, top: number, width: number, focused: boolean): void {
    const height = this.#glyphs?.height ?? 0;
    const colour = this.#glyphs?.colour(focused ? 'accent' : 'muted') ?? 0;
    const thick = Math.max(1, Math.round((focused ? 2 : 1) * this.#scale));
    for (let step = 0; step < thick; step++) {
      this.#line(left, top + step, width, colour);
      this.#line(left, top + height - 1 - step, width, colour);
    }
    for (let y = 0; y < height; y++) {
      this.#line(left, top + y, thick, colour);
      this.#line(left + width - thick, top + y, thick, colour);
    }
  }

  #underline(left: number, top: number, width: number): void {
    const height = this.#glyphs?.height ?? 0;
    this.#line(
      left,
      top + height - Math.round(4 * this.#scale),
      width,
      this.#glyphs?.colour('text') ?? 0,
    );
  }

  #line(left: number, y: number, width: number, colour: number): void {
    const across = this.#image.width;
    const [from, end] = [Math.max(0, left), Math.min(across, left + width)];
    if (end > from) this.#pixels.fill(colour, y * across + from, y * across + end);
  }

  /**
   * Puts only the changed lines on the canvas, because a browser repaints the page wherever a
   * canvas is written to.
   */
  #show(): void {
    const [now, before, across] = [this.#pixels, this.#shown, this.#image.width];
    let first = 0;
    while (first < now.length && now[first] === before[first]) first++;
    if (first === now.length) return;
    let last = now.length - 1;
    while (now[last] === before[last]) last--;
    const top = Math.floor(first / across);
    this.#pen.putImageData(this.#image, 0, 0, 0, top, across, Math.floor(last / across) + 1 - top);
    before.set(now);
  }
}

function looks(frame: Frame, at: number, group: number): GlyphStyle {
  let heat = 0;
  let zero = true;
  for (let index = at; index < at + group; index++) {
    heat = Math.max(heat, frame.heat(index));
    zero &&= (frame.byte(index) ?? 0) === 0;
  }
  if (heat > 1) return heat > 2 ? 'fresh' : 'changed';
  const selected = isSelected(frame, at, group);
  if (heat > 0) return selected ? 'selectedFaded' : 'faded';
  if (zero) return selected ? 'selectedZero' : 'zero';
  return selected ? 'selected' : 'plain';
}

/**
 * Reads the colours of the page. They are registered properties, which a browser computes to plain
 * colours.
 */
function coloursOf(style: CSSStyleDeclaration): Colours {
  const colour = (name: string) => style.getPropertyValue(`--picture-${name}`);
  return {
    surface: colour('surface'),
    text: colour('text'),
    muted: colour('muted'),
    selection: colour('selection'),
    warning: colour('warning'),
    warningSoft: colour('warning-soft'),
    accent: colour('accent'),
  };
}
