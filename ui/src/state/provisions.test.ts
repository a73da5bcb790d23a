import { describe, expect, it } from 'vitest';
import type { ImportObject, Provider } from '../protocol.ts';
import { keyOf, providerOf, withProvider } from './provisions.ts';

const counter: Provider = { provide: 'counter', start: '0', step: '1' };
const tag: Provider = { provide: 'tag' };
const object: ImportObject = {
  provisions: [
    { module: 'env', name: 'a', provider: counter },
    { module: 'env', name: 'b', provider: tag },
  ],
};

describe('an import object', () => {
  it('gets another provider in the place of the one before', () => {
    const changed = withProvider(object, { module: 'env', name: 'a' }, tag);
    expect(changed.provisions.map((one) => [one.name, one.provider.provide])).toEqual([
      ['a', 'tag'],
      ['b', 'tag'],
    ]);
    expect(providerOf(object, { module: 'env', name: 'a' })).toBe(counter);
  });

  it('gets a new one at its end, and loses one that is taken away', () => {
    const more = withProvider(object, { module: 'other', name: 'a' }, counter);
    expect(more.provisions).toHaveLength(3);
    expect(providerOf(more, { module: 'other', name: 'a' })).toBe(counter);
    const less = withProvider(more, { module: 'env', name: 'a' }, null);
    expect(less.provisions.map(({ module, name }) => `${module}.${name}`)).toEqual([
      'env.b',
      'other.a',
    ]);
    expect(withProvider(object, { module: 'env', name: 'x' }, null).provisions).toEqual(
      object.provisions,
    );
  });

  it('knows exports of other tabs apart', () => {
    const of = (tab: number, name: string): Provider => ({
      provide: 'export_of',
      of: { tab },
      export: name,
    });
    expect(new Set([of(1, 'a'), of(2, 'a'), of(1, 'b'), counter].map(keyOf)).size).toBe(4);
    expect(keyOf(of(1, 'a'))).toBe(keyOf(of(1, 'a')));
  });
});
