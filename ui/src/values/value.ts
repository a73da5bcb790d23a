// Values of the workbench as people read them.

import type { Value } from '../protocol.ts';
import { asLanes } from './lanes.ts';
import { words } from '../words/values/value.ts';

/** Returns other ways to read a value, to be shown beside it, or null if there are none. */
export function otherForms({ type, value }: Value): string | null {
  if (type === 'i32' || type === 'i64') {
    const width = type === 'i32' ? 32 : 64;
    const bits = BigInt.asUintN(width, BigInt(value));
    const unsigned = value.startsWith('-') ? words.unsigned(bits) : '';
    return `${unsigned}0x${bits.toString(16)}`;
  }
  return type === 'v128' ? asLanes(value, 'i32x4') : null;
}
