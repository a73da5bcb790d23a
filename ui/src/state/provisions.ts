// The providers of an import object.

import type { ImportObject, Provider, Provision } from '../protocol.ts';

/** The name of an import. */
export type ImportName = Pick<Provision, 'module' | 'name'>;

const isOf =
  ({ module, name }: ImportName) =>
  (one: Provision) =>
    one.module === module && one.name === name;

/**
 * Returns the import object with another provider for one import, in the same place. Null removes
 * the provider.
 */
export function withProvider(
  object: ImportObject,
  of: ImportName,
  provider: Provider | null,
): ImportObject {
  const { module, name } = of;
  const at = object.provisions.findIndex(isOf(of));
  if (provider === null)
    return { ...object, provisions: object.provisions.filter((_, index) => index !== at) };
  const provision = { module, name, provider };
  const provisions =
    at < 0 ? [...object.provisions, provision] : object.provisions.with(at, provision);
  return { ...object, provisions };
}

/** Returns the provider of an import, or null. */
export function providerOf(object: ImportObject, of: ImportName): Provider | null {
  return object.provisions.find(isOf(of))?.provider ?? null;
}

/**
 * Returns the key of a provider in a list to choose from. Each export of another tab has its own
 * key.
 */
export function keyOf(provider: Provider): string {
  if (provider.provide !== 'export_of') return provider.provide;
  return JSON.stringify([provider.of, provider.export]);
}
