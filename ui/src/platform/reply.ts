// Replies of the workbench: what was asked for, or an error.

import type { WireError } from '../protocol.ts';
import { RequestError } from './errors.ts';
import type { Answer, Bytes } from './platform.ts';

/** What comes back for one request. */
export interface Reply {
  id: number;
  ok?: unknown;
  error?: WireError;
}

/** Whether a message is a reply. The other kind, an event, has no id. */
export function isReply(message: unknown): message is Reply {
  return (
    typeof message === 'object' &&
    message !== null &&
    'id' in message &&
    typeof message.id === 'number'
  );
}

/** What a reply says, or throws the error it brings. */
export function answer(reply: Reply, bytes: Bytes): Answer {
  if (reply.error) throw new RequestError(reply.error);
  return { value: reply.ok, bytes };
}
