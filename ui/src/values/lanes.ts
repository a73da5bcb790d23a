/** The ways to read 128 bits. */
export const SHAPES = ['i8x16', 'i16x8', 'i32x4', 'i64x2', 'f32x4', 'f64x2'] as const;

export type Shape = (typeof SHAPES)[number];

/** Returns the number of lanes of a shape. */
export function countOf(shape: Shape): number {
  return Number(shape.slice(shape.indexOf('x') + 1));
}

/** Splits a text into the shape that it names and the words after it. */
function parse(text: string): { shape: Shape | undefined; words: string[] } {
  const words = wordsOf(text.replace(/^\s*v128\.const\s/, ''));
  const shape = SHAPES.find((one) => one === words[0]);
  return { shape, words: shape ? words.slice(1) : words };
}

/** Splits a text into words, as the workbench splits lanes. */
export function wordsOf(text: string): string[] {
  return text.split(/[ ,\t]+/).filter((word) => word !== '');
}

/** Returns the shape that a text names, or null if it is one number. */
export function shapeOf(text: string): Shape | null {
  return parse(text).shape ?? null;
}

/** Returns the lanes of a text that names a shape. Missing lanes are empty. */
export function lanesOf(text: string): string[] {
  const { shape, words } = parse(text);
  return shape ? Array.from({ length: countOf(shape) }, (_, lane) => words[lane] ?? '') : [];
}

/**
 * Formats a v128, given as `0x…`, in lanes, the lowest first, as the workbench reads them: `i32x4 1
 * 2 3 -1`.
 */
export function asLanes(value: string, shape: Shape): string {
  const bits = BigInt(value);
  const count = countOf(shape);
  const width = 128 / count;
  const lanes = Array.from({ length: count }, (_, lane) =>
    BigInt.asUintN(width, bits >> BigInt(lane * width)),
  );
  const print = shape.startsWith('f') ? printFloat : printInteger;
  return [shape, ...lanes.map((lane) => print(lane, width))].join(' ');
}

/**
 * Returns the bits of a v128 as it may be typed, or null if it is not valid or has a lane that only
 * the workbench can read.
 */
export function bitsOf(text: string): bigint | null {
  const { shape, words: given } = parse(text);
  const [first = ''] = given;
  if (!shape)
    return given.length === 1 && /^(0x[\da-f_]+|0b[01_]+|\d[\d_]*)$/i.test(first)
      ? whole(first)
      : null;
  const width = 128 / countOf(shape);
  if (given.length !== 128 / width) return null;
  const lanes = given.map((lane) =>
    shape.startsWith('f') ? floatBits(lane, width) : integerBits(lane),
  );
  return lanes.reduce<bigint | null>(
    (all, lane, at) =>
      all === null || lane === null
        ? null
        : all | (BigInt.asUintN(width, lane) << BigInt(at * width)),
    0n,
  );
}

function whole(text: string): bigint {
  return BigInt(text.replaceAll('_', '').toLowerCase());
}

function integerBits(text: string): bigint | null {
  const [, sign, digits = ''] = /^([-+]?)(0x[\da-f_]+|0b[01_]+|\d[\d_]*)$/i.exec(text) ?? [];
  if (digits === '') return null;
  return sign === '-' ? -whole(digits) : whole(digits);
}

function floatBits(text: string, width: number): bigint | null {
  const mantissa = width === 32 ? 23n : 52n;
  const [, sign, payload] = /^([-+]?)nan(?::0x([\da-f_]+))?$/i.exec(text) ?? [];
  if (sign !== undefined) {
    const exponent = ((1n << BigInt(width - 1)) - 1n) & ~((1n << mantissa) - 1n);
    const bits = exponent | (payload === undefined ? 1n << (mantissa - 1n) : whole(`0x${payload}`));
    return sign === '-' ? bits | (1n << BigInt(width - 1)) : bits;
  }
  if (!/^[-+]?(inf(inity)?|[\d_]+\.?[\d_]*(e[-+]?\d+)?|\.\d[\d_]*(e[-+]?\d+)?)$/i.test(text))
    return null;
  const number = Number(text.replaceAll('_', '').replace(/inf(inity)?$/i, 'Infinity'));
  const view = new DataView(new ArrayBuffer(8));
  if (width === 32) view.setFloat32(0, number);
  else view.setFloat64(0, number);
  return view.getBigUint64(0) >> BigInt(64 - width);
}

function printInteger(bits: bigint, width: number): string {
  return BigInt.asIntN(width, bits).toString();
}

/**
 * Formats a float as `crates/protocol/src/value/float.rs` does: it reads back as the same bits,
 * even a NaN.
 */
function printFloat(bits: bigint, width: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits << BigInt(64 - width));
  const number = width === 32 ? view.getFloat32(0) : view.getFloat64(0);
  const mantissa = width === 32 ? 23n : 52n;
  const sign = bits >> BigInt(width - 1) === 1n ? '-' : '';
  if (Number.isNaN(number)) {
    const payload = BigInt.asUintN(Number(mantissa), bits);
    return payload === 1n << (mantissa - 1n)
      ? `${sign}nan`
      : `${sign}nan:0x${payload.toString(16)}`;
  }
  if (!Number.isFinite(number)) return `${sign}inf`;
  return sign + (width === 32 ? shortest32(Math.abs(number)) : String(Math.abs(number)));
}

/**
 * Returns the shortest decimal that reads back as the same f32. `String` returns that of an f64,
 * which is longer.
 */
function shortest32(number: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = number.toPrecision(digits);
    if (Math.fround(Number(text)) === number) return String(Number(text));
  }
  return String(number);
}
