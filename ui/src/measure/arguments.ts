// The arguments of a measured call, which are typed in one line.

import type { ValueType } from '../protocol.ts';
import { checkArgument } from '../values/argument.ts';
import { countOf, shapeOf } from '../values/lanes.ts';
import { words as say } from '../words/measure/arguments.ts';

/** Splits a line into arguments. Each is a word, or the lanes of a v128 with their shape. */
export function argumentsIn(line: string, types: readonly ValueType[]): string[] {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const found: string[] = [];
  while (words.length > 0) {
    const shape = types[found.length] === 'v128' ? shapeOf(words[0] ?? '') : null;
    found.push(words.splice(0, shape ? countOf(shape) + 1 : 1).join(' '));
  }
  return found;
}

/** Returns the reason why a call cannot be made with these arguments, or null if it can. */
export function whyNotCalled(
  name: string,
  types: readonly ValueType[],
  given: readonly string[],
): string | null {
  const missing = types.flatMap((type, at) =>
    at < given.length ? [] : [say.argument(at + 1, type)],
  );
  if (missing.length > 0) return say.missing(name, missing);
  if (given.length > types.length) return say.tooMany(name, types.length, given.length);
  for (const [at, type] of types.entries()) {
    const wrong = checkArgument(type, given[at] ?? '');
    if (wrong) return say.wrong(at + 1, wrong);
  }
  return null;
}
