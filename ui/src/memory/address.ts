// Addresses as people type them: numbers, globals, segments and sums.

import type { DataSegment } from '../protocol.ts';
import { words } from '../words/memory/address.ts';

/** The names that an address can contain. */
export interface Places {
  /** The size of the memory, in bytes. */
  size: number;
  /** Exported globals that hold an integer. */
  globals: ReadonlyMap<string, bigint>;
  segments: readonly DataSegment[];
}

/** An address, or the reason why there is none. */
export type ResolvedAddress = { address: number } | { error: string };

/**
 * Formats an address in hexadecimal, with as many digits as the last address of the memory has, and
 * at least 8.
 */
export function formatAddress(address: number, size = 0): string {
  return address.toString(16).padStart(Math.max(8, Math.max(0, size - 1).toString(16).length), '0');
}

const TERM =
  /^(?:(?<hex>0x[0-9a-f_]*)|(?<number>[0-9][0-9_]*)|global\s+(?:"(?<quoted>[^"]*)"|(?<global>[^\s+"]+))|data(?:\s+segment)?\s+(?<data>\d+))\s*/i;

/**
 * Finds the address of a text: numbers, `global NAME` and `data segment N`, joined by `+` and `-`.
 * A negative 32-bit global stands for the address above 2 GiB that the guest would use it as.
 */
export function resolve(text: string, places: Places): ResolvedAddress {
  let rest = text.trim();
  if (rest === '') return { error: words.writeAddressSuchX1000 };
  if (places.size === 0) return { error: words.memoryEmptyNoAddresses };
  let sum = 0n;
  let sign = 1n;
  for (;;) {
    const match = TERM.exec(rest);
    if (!match)
      return {
        error: words.notAddressWriteX1000(rest),
      };
    const value = valueOf(match.groups ?? {}, places);
    if (typeof value === 'string') return { error: value };
    sum += sign * value;
    rest = rest.slice(match[0].length);
    if (rest === '') return inside(sum, places.size);
    const operator = /^([+-])\s*/.exec(rest);
    if (!operator) return { error: words.writeBetweenTwoParts(rest) };
    sign = operator[1] === '-' ? -1n : 1n;
    rest = rest.slice(operator[0].length);
  }
}

function valueOf(
  part: NonNullable<RegExpExecArray['groups']>,
  { globals, segments }: Places,
): bigint | string {
  const digits = (part.hex ?? part.number)?.replaceAll('_', '');
  if (digits !== undefined)
    return digits.toLowerCase() === '0x' ? words.writeHexadecimalDigitsAfter : BigInt(digits);
  if (part.data !== undefined) return segmentAt(Number(part.data), segments);
  const name = part.quoted ?? part.global ?? '';
  const value = globals.get(name);
  if (value !== undefined) return value < 0n ? BigInt.asUintN(32, value) : value;
  const known = [...globals.keys()].slice(0, 5).join(', ');
  return words.noIntegerGlobalExported(name, known === '' ? '.' : words.thereAre(known));
}

function segmentAt(index: number, segments: readonly DataSegment[]): bigint | string {
  const segment = segments.find((one) => one.index === index);
  if (!segment) return words.memoryNoActiveData(index);
  return segment.offset === null ? words.addressDataSegmentDepends(index) : BigInt(segment.offset);
}

function inside(address: bigint, size: number): ResolvedAddress {
  if (address < 0n) return { error: words.addressCannotNegative };
  if (address < BigInt(size)) return { address: Number(address) };
  const last = formatAddress(size - 1);
  return {
    error: words.pastEndMemoryWhose(address.toString(16), last),
  };
}
