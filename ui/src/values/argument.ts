// Checks of arguments as people type them.

import type { ValueType } from '../protocol.ts';
import { countOf, shapeOf, wordsOf, type Shape } from './lanes.ts';
import { words as say } from '../words/values/argument.ts';

/**
 * Checks a parameter's text while it is typed. The workbench reads it again and has the last word
 * (`crates/protocol/src/value.rs`), so a text that it would accept is never refused here.
 */
export function checkArgument(type: ValueType, text: string): string | null {
  const clean = text.trim();
  if (clean === '') return say.giveSuch(ARTICLE[type], EXAMPLE[type]);
  return CHECKS[type](clean);
}

/** An example for each type, shown in an empty field. */
export const EXAMPLE: Record<ValueType, string> = {
  i32: '42',
  i64: '42',
  f32: '1.5',
  f64: '1.5',
  v128: 'i32x4 1 2 3 4',
  funcref: 'null',
  externref: 'null',
  exnref: 'null',
};

const ARTICLE: Record<ValueType, string> = {
  i32: say.i32,
  i64: say.i64,
  f32: say.f32,
  f64: say.f64,
  v128: 'a v128',
  funcref: say.funcref,
  externref: say.externref,
  exnref: say.exnref,
};

const CHECKS: Record<ValueType, (text: string) => string | null> = {
  i32: (text) => integer(text, 32),
  i64: (text) => integer(text, 64),
  f32: float,
  f64: float,
  v128: vector,
  funcref: (text) => reference(text, 'func'),
  externref: (text) => reference(text, 'extern'),
  exnref: (text) => (/^(ref\.)?null( exn)?$/.test(text) ? null : say.onlyNullCanGiven),
};

const DIGITS = '[0-9]+(?:_[0-9]+)*';
const HEX_DIGITS = '[0-9a-f]+(?:_[0-9a-f]+)*';
const INTEGER = new RegExp(`^([-+]?)(${DIGITS}|0x${HEX_DIGITS}|0b[01]+(?:_[01]+)*)$`, 'i');
const mantissa = (digits: string) => `(?:${digits}\\.?(?:${digits})?|\\.${digits})`;
const FLOAT = new RegExp(
  `^[-+]?(?:inf|infinity|nan|nan:0x${HEX_DIGITS}|${mantissa(DIGITS)}(?:e[-+]?${DIGITS})?|` +
    `0x${mantissa(HEX_DIGITS)}(?:p[-+]?[0-9]+)?)$`,
  'i',
);
function integer(text: string, width: number): string | null {
  const match = INTEGER.exec(text);
  if (!match?.[2]) return say.writeWholeNumberSuch;
  const size = BigInt(match[2].replaceAll('_', '').toLowerCase());
  const value = match[1] === '-' ? -size : size;
  const least = -(1n << BigInt(width - 1));
  const most = (1n << BigInt(width)) - 1n;
  return value < least || value > most ? say.doesNotFitInto(width, least, most) : null;
}

function float(text: string): string | null {
  return FLOAT.test(text) ? null : say.writeNumberSuchE10;
}

/** Checks the text of one lane. */
export function checkLane(shape: Shape, text: string): string | null {
  return shape.startsWith('f') ? float(text) : integer(text, 128 / countOf(shape));
}

function vector(text: string): string | null {
  const words = wordsOf(text.replace(/^v128\.const\s+/, ''));
  const shape = shapeOf(text);
  if (!shape) {
    const whole = INTEGER.exec(words.join(' '));
    const fits =
      whole?.[2] !== undefined && BigInt(whole[2].replaceAll('_', '').toLowerCase()) < 1n << 128n;
    return fits ? null : say.writeUpDigitsLanes;
  }
  const given = words.slice(1);
  if (given.length !== countOf(shape)) return say.lanesNot(shape, countOf(shape), given.length);
  for (const [number, lane] of given.entries()) {
    const wrong = checkLane(shape, lane);
    if (wrong) return say.lane(number, lane, wrong);
  }
  return null;
}

function reference(text: string, word: string): string | null {
  const pattern = new RegExp(`^(?:null|ref\\.null(?: ${word})?|(?:ref\\.)?${word}\\s*[0-9]+)$`);
  return pattern.test(text) ? null : say.writeNullNumber(word);
}
