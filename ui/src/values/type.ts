// Types of imports and exports as people read them.

import type { ExternType, ValueType } from '../protocol.ts';
import { count } from './size.ts';

/**
 * Describes a type on one line, as `crates/protocol/src/page/module.rs` does, but shorter, because
 * the kind stands beside it.
 */
export function describeType(type: ExternType): string {
  switch (type.kind) {
    case 'function':
      return `(${type.params.join(', ')}) → ${results(type.results)}`;
    case 'memory': {
      const traits = [type.shared && 'shared', type.memory64 && '64-bit']
        .filter(Boolean)
        .join(', ');
      return `${limits(type.minimum, type.maximum, 'page')}${traits && `, ${traits}`}`;
    }
    case 'table':
      return `${limits(type.minimum, type.maximum, 'element')} of ${type.element}`;
    case 'global':
      return type.mutable ? `mutable ${type.value}` : type.value;
    case 'tag':
      return `(${type.params.join(', ')})`;
  }
}

function results(types: readonly ValueType[]): string {
  return types.length === 1 && types[0] ? types[0] : `(${types.join(', ')})`;
}

function limits(minimum: number, maximum: number | null, noun: string): string {
  if (maximum === null) return `${count(minimum, noun)} or more`;
  return minimum === maximum ? count(minimum, noun) : `${minimum} to ${count(maximum, noun)}`;
}
