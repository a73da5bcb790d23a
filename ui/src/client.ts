// The workbench's methods as typed functions.

import { GIVES_BYTES, METHODS, type Methods } from './protocol.ts';
import type { Bytes, Platform } from './platform/platform.ts';

type Method = keyof Methods;
type ArgumentsOf<M extends Method> = Methods[M]['takesBytes'] extends true
  ? [params: Methods[M]['params'], bytes: Bytes]
  : [params: Methods[M]['params']];
type ReplyOf<M extends Method> = Methods[M]['givesBytes'] extends true
  ? { reply: Methods[M]['reply']; bytes: Bytes }
  : Methods[M]['reply'];

/** One function for each method of the registry, by its name: `client['tab.run']({ tab })`. */
export type Client = { readonly [M in Method]: (...args: ArgumentsOf<M>) => Promise<ReplyOf<M>> };

/** Makes the typed client of a platform. */
export function clientOf(platform: Pick<Platform, 'request'>): Client {
  const entries = METHODS.map((method) => [
    method,
    async (params: unknown, bytes?: Bytes) => {
      const answer = await platform.request(method, params, bytes);
      return GIVES_BYTES.has(method) ? { reply: answer.value, bytes: answer.bytes } : answer.value;
    },
  ]);
  return Object.fromEntries(entries) as Client;
}
