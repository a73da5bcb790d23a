/**
 * Reads a number in LEB128 and its length in bytes. Returns null if the bytes end within it or if
 * it has more than 64 bits.
 */
export function readLeb128(
  bytes: Uint8Array,
  signed: boolean,
): { value: bigint; length: number } | null {
  let value = 0n;
  for (let index = 0; index < Math.min(bytes.length, 10); index++) {
    const byte = bytes[index] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) {
      const length = index + 1;
      const bits = 7 * length;
      if (signed) return fits(BigInt.asIntN(bits, value), length, (one) => BigInt.asIntN(64, one));
      return fits(value, length, (one) => BigInt.asUintN(64, one));
    }
  }
  return null;
}

function fits(
  value: bigint,
  length: number,
  narrow: (value: bigint) => bigint,
): { value: bigint; length: number } | null {
  return narrow(value) === value ? { value, length } : null;
}
