// An archive of files, without compression: a folder that a browser was given goes to the workbench
// as one.

import type { Bytes } from './platform.ts';

/** A file of an archive, with `/` between the names of its place. */
export interface ArchivedFile {
  place: string;
  bytes: Bytes;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** The version of the form, 2.0, and the flag of names in UTF-8. */
const VERSION = 20;
const UTF_8 = 0x800;
/** 1 January 1980, the first date of the form. */
const DATE = 0x21;

/** Returns a `.zip` of files, in the form of PKWARE's APPNOTE 6.3.3. */
export function archiveOf(files: readonly ArchivedFile[]): Bytes {
  const pieces: Bytes[] = [];
  const index: Bytes[] = [];
  let offset = 0;
  for (const { place, bytes } of files) {
    const name = new TextEncoder().encode(place);
    // Version, flags, method, time, date, checksum, both sizes, length of the name and of nothing more.
    const common = fields(
      [VERSION, 2],
      [UTF_8, 2],
      [0, 2],
      [0, 2],
      [DATE, 2],
      [checksumOf(bytes), 4],
      [bytes.length, 4],
      [bytes.length, 4],
      [name.length, 2],
      [0, 2],
    );
    pieces.push(fields([LOCAL, 4]), common, name, bytes);
    // The rest of an entry: comment, disk, attributes, and the place of the file.
    const rest = fields([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    index.push(fields([CENTRAL, 4], [VERSION, 2]), common, rest, name);
    offset += 4 + common.length + name.length + bytes.length;
  }
  const size = lengthOf(index);
  const count = files.length;
  const end = fields(
    [END, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [size, 4],
    [offset, 4],
    [0, 2],
  );
  return joined([...pieces, ...index, end]);
}

/** Returns numbers with the lowest byte first, each with its count of bytes. */
function fields(...numbers: readonly [value: number, bytes: 2 | 4][]): Bytes {
  const view = new DataView(new ArrayBuffer(numbers.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of numbers) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

function lengthOf(pieces: readonly Bytes[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function joined(pieces: readonly Bytes[]): Bytes {
  const all = new Uint8Array(lengthOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Returns the CRC-32 of bytes, as archives have it. */
function checksumOf(bytes: Bytes): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
