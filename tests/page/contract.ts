// Requests to a workbench by its contract, as a page sends them, so that a test's setup need not be
// typed.

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type Client, clientOf } from '../../ui/src/client.ts';
import { socketUrl } from '../../ui/src/platform/browser.ts';

interface Reply {
  id?: number;
  ok?: unknown;
  error?: { message: string };
}

/** Connects to the workbench behind a page's address while `asks` runs. */
export async function ask<T>(address: string, asks: (client: Client) => Promise<T>): Promise<T> {
  const socket = new WebSocket(socketUrl(new URL(address)));
  await once(socket, 'open');
  try {
    return await asks(clientOf({ request: (method, params) => requested(socket, method, params) }));
  } finally {
    socket.close();
  }
}

let last = 0;

function requested(
  socket: WebSocket,
  method: string,
  params: unknown,
): Promise<{ value: unknown; bytes: never }> {
  const id = ++last;
  return new Promise((resolve, reject) => {
    const hear = (data: Buffer, isBinary: boolean) => {
      const reply = (isBinary ? {} : JSON.parse(data.toString())) as Reply;
      if (reply.id !== id) return;
      socket.off('message', hear);
      if (reply.error) reject(new Error(`${method}: ${reply.error.message}`));
      else resolve({ value: reply.ok, bytes: undefined as never });
    };
    socket.on('message', hear);
    socket.once('close', () => reject(new Error(`${method}: the connection was closed.`)));
    socket.send(JSON.stringify({ id, method, params }));
  });
}
