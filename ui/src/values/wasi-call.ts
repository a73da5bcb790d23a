// Calls of WASI as people read them.

import type { WasiCall, WasiRange } from '../protocol.ts';
import { words } from '../words/values/wasi-call.ts';

/** Describes the end of a call in a few words. */
export function describeWasiEnd({ ended }: WasiCall): string {
  switch (ended.end) {
    case 'running':
      return words.running;
    case 'done':
      return ended.results === '' ? words.done : ended.results;
    case 'failed':
      return ended.errno;
    case 'exited':
      return words.exit(ended.status);
    case 'stopped':
      return words.stopped;
    case 'no_memory':
      return words.noMemory;
  }
}

/** Returns true if a call did not do as it was asked. */
export function hasFailed({ ended }: WasiCall): boolean {
  return ended.end === 'failed' || ended.end === 'no_memory';
}

/** Explains the end of a call in a sentence, or returns an empty text if its words are enough. */
export function explainWasiEnd({ ended }: WasiCall): string {
  switch (ended.end) {
    case 'failed':
      return ended.about.text;
    case 'running':
      return words.notEnded;
    case 'no_memory':
      return words.exportsNone;
    default:
      return '';
  }
}

/** Describes a range of memory: `read iovs, 5 bytes at 0x10`. */
export function describeWasiRange({ parameter, offset, length, wrote }: WasiRange): string {
  const address = `0x${BigInt(offset).toString(16)}`;
  return (wrote ? words.wrote : words.read)(parameter, words.bytes(length), address);
}
