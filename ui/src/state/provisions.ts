// Providers of imports, and what is kept of one when another is chosen.

import type { ImportObject, Provider, Provision } from '../protocol.ts';

/** Which import. */
export type ImportName = Pick<Provision, 'module' | 'name'>;

const isOf =
  ({ module, name }: ImportName) =>
  (one: Provision) =>
    one.module === module && one.name === name;

/**
 * The import object with another provider of one import, in the same place; without one where none
 * is given.
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

/** Who provides an import. */
export function providerOf(object: ImportObject, of: ImportName): Provider | null {
  return object.provisions.find(isOf(of))?.provider ?? null;
}

/**
 * What stands for a provider in a list to choose from: an export of another tab has a name of its
 * own.
 */
export function keyOf(provider: Provider): string {
  if (provider.provide !== 'export_of') return provider.provide;
  return JSON.stringify([provider.of, provider.export]);
}
