// Types of imports and exports as people read them.

import { MOST_TYPES, type ExternType, type ValueType } from '../protocol.ts';
import { words } from '../words/values/type.ts';

/**
 * Describes a type on one line, as `crates/protocol/src/page/module.rs` does, but shorter, because
 * the kind stands beside it.
 */
export function describeType(type: ExternType): string {
  switch (type.kind) {
    case 'function':
      return describeFunction(type.params, type.results);
    case 'memory': {
      const traits = [type.shared && words.shared, type.memory64 && '64-bit']
        .filter(Boolean)
        .join(', ');
      return `${words.pages(type.minimum, type.maximum)}${traits && `, ${traits}`}`;
    }
    case 'table':
      return words.elements(type.minimum, type.maximum, type.element);
    case 'global':
      return type.mutable ? words.mutable(type.value) : type.value;
    case 'tag':
      return `(${list(type.params)})`;
  }
}

/** Describes the type of a function. */
export function describeFunction(
  params: readonly ValueType[],
  returned: readonly ValueType[],
): string {
  return `(${list(params)}) → ${results(returned)}`;
}

function results(types: readonly ValueType[]): string {
  return types.length === 1 && types[0] ? types[0] : `(${list(types)})`;
}

/** Lists types. Of many, the first are spelled out, and their number follows. */
function list(types: readonly ValueType[]): string {
  if (types.length <= MOST_TYPES) return types.join(', ');
  return words.inAll(types.slice(0, MOST_TYPES / 2).join(', '), types.length);
}
