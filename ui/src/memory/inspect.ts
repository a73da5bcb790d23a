// Bytes read as numbers and text.

import { readLeb128 } from './leb128.ts';
import { words } from '../words/memory/inspect.ts';

/** A reading of the bytes at the cursor in both byte orders; null if the memory ends before. */
export interface Reading {
  name: string;
  little: string | null;
  /** The big-endian reading. It equals `little` if there is only one order. */
  big: string | null;
}

/** The bytes that are read from the cursor on: the longest text that is shown. */
export const INSPECTED = 64;

type Read = (view: DataView, little: boolean) => { toString(): string };

const NUMBERS: [name: string, width: number, read: Read][] = [
  ['i8', 1, (view) => view.getInt8(0)],
  ['u8', 1, (view) => view.getUint8(0)],
  ['i16', 2, (view, little) => view.getInt16(0, little)],
  ['u16', 2, (view, little) => view.getUint16(0, little)],
  ['i32', 4, (view, little) => view.getInt32(0, little)],
  ['u32', 4, (view, little) => view.getUint32(0, little)],
  ['i64', 8, (view, little) => view.getBigInt64(0, little)],
  ['u64', 8, (view, little) => view.getBigUint64(0, little)],
  ['f32', 4, (view, little) => describeFloat(view, 4, little)],
  ['f64', 8, (view, little) => describeFloat(view, 8, little)],
];

/** Returns every reading of the bytes that begin at the cursor. */
export function inspect(bytes: Uint8Array): Reading[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = NUMBERS.map(([name, width, read]) => {
    const there = width <= bytes.length;
    return {
      name,
      little: there ? read(view, true).toString() : null,
      big: there ? read(view, false).toString() : null,
    };
  });
  return [...numbers, ...[false, true].map((signed) => leb128(bytes, signed)), text(bytes)];
}

/** Returns the address in a 32-bit pointer at the cursor, or null if the memory ends before. */
export function pointerAt(bytes: Uint8Array): number | null {
  if (bytes.length < 4) return null;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
}

/**
 * Returns the shortest digits that read back as the same float. A NaN has its payload, as in WAT.
 */
function describeFloat(view: DataView, width: 4 | 8, little: boolean): string {
  const value = width === 4 ? view.getFloat32(0, little) : view.getFloat64(0, little);
  if (Number.isNaN(value)) {
    const bits = width === 4 ? BigInt(view.getUint32(0, little)) : view.getBigUint64(0, little);
    const [mantissa, sign] = width === 4 ? [23n, bits >> 31n] : [52n, bits >> 63n];
    const payload = bits & ((1n << mantissa) - 1n);
    const canonical = payload === 1n << (mantissa - 1n);
    return `${sign === 1n ? '-' : ''}nan${canonical ? '' : `:0x${payload.toString(16)}`}`;
  }
  if (Object.is(value, -0)) return '-0';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return width === 4 ? shortest32(value) : String(value);
}

function shortest32(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

function leb128(bytes: Uint8Array, signed: boolean): Reading {
  const read = readLeb128(bytes, signed);
  const length = read && (read.length === 1 ? words.byte : words.bytes(read.length));
  const value = read && `${read.value} (${length})`;
  return { name: signed ? words.leb128Signed : words.leb128Unsigned, little: value, big: value };
}

/**
 * Reads UTF-8 up to the first NUL, control character or invalid byte. The reading is null if no
 * text is left.
 */
function text(bytes: Uint8Array): Reading {
  const end = bytes.indexOf(0);
  const piece = end < 0 ? bytes : bytes.subarray(0, end);
  const decoded = new TextDecoder().decode(piece);
  const stop = decoded.search(/[\ufffd\p{Cc}]/u);
  const value = stop < 0 ? decoded : decoded.slice(0, stop);
  return { name: 'UTF-8', little: value === '' ? null : value, big: value === '' ? null : value };
}
