// The workbench's replies: a value or an error.

import type { WireError } from '../protocol.ts';
import { RequestError } from './errors.ts';
import type { Answer, Bytes } from './platform.ts';
import { translated } from './translate.ts';

/** The reply to one request. */
export interface Reply {
  id: number;
  ok?: unknown;
  error?: WireError;
}

/** Returns true if a message is a reply. The other kind, an event, has no id. */
export function isReply(message: unknown): message is Reply {
  return (
    typeof message === 'object' &&
    message !== null &&
    'id' in message &&
    typeof message.id === 'number'
  );
}

/** Returns the value of a reply, or throws its error. */
export function answer(reply: Reply, bytes: Bytes): Answer {
  if (reply.error) throw new RequestError(translated(reply.error));
  return { value: translated(reply.ok), bytes };
}
