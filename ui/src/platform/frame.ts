// JSON and bytes in one message, laid out as in `crates/protocol/src/frame.rs`.

import type { Bytes } from './platform.ts';

/**
 * Joins a message and its bytes: the length of the JSON (u32, little endian), the JSON, the bytes.
 * The same layout as `crates/protocol/src/frame.rs`.
 */
export function join(message: unknown, bytes: Uint8Array): Bytes {
  const json = new TextEncoder().encode(JSON.stringify(message));
  const frame = new Uint8Array(4 + json.length + bytes.length);
  new DataView(frame.buffer).setUint32(0, json.length, true);
  frame.set(json, 4);
  frame.set(bytes, 4 + json.length);
  return frame;
}

/**
 * Splits a frame, which begins at `start` (in bytes), into its JSON and its bytes. Throws an error
 * if the frame is shorter than its header says.
 */
export function split(frame: ArrayBuffer, start = 0): { message: unknown; bytes: Bytes } {
  const head = start + 4;
  if (frame.byteLength < head) throw new RangeError('The message has no header.');
  const length = new DataView(frame).getUint32(start, true);
  if (head + length > frame.byteLength) {
    throw new RangeError(
      `The message is ${frame.byteLength} bytes long, but its header asks for ${head + length}.`,
    );
  }
  const json = new TextDecoder('utf-8', { fatal: true }).decode(
    new Uint8Array(frame, head, length),
  );
  return { message: JSON.parse(json), bytes: new Uint8Array(frame.slice(head + length)) };
}

/** The bytes of a message without any. */
export const NO_BYTES: Bytes = new Uint8Array(0);
