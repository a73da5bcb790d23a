import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer, type WebSocket as Peer } from 'ws';
import type { WorkbenchEvent } from '../protocol.ts';
import { clientOf } from '../client.ts';
import { socketUrl } from './browser.ts';
import { ConnectionError, RequestError } from './errors.ts';
import { join, split } from './frame.ts';
import type { Connection } from './platform.ts';
import { Socket } from './socket.ts';

// Node 20 has no WebSocket of its own; this one speaks the same interface to a real server.
globalThis.WebSocket ??= NodeWebSocket as unknown as typeof WebSocket;

/** A queue of events, to await them in order. */
class Inbox<T> {
  #items: T[] = [];
  #wake: (() => void) | undefined;

  put(item: T): void {
    this.#items.push(item);
    this.#wake?.();
  }

  async take(): Promise<T> {
    while (this.#items.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#items.shift() as T;
  }
}

let server: WebSocketServer;
let peers: Inbox<Peer>;
let connections: Inbox<Connection>;
let events: Inbox<WorkbenchEvent>;
let socket: Socket;

async function listen(port = 0): Promise<void> {
  server = new WebSocketServer({ host: '127.0.0.1', port });
  server.on('connection', (peer) => peers.put(peer));
  await new Promise((resolve) => server.once('listening', resolve));
}

async function stop(): Promise<void> {
  for (const peer of server.clients) peer.terminate();
  await new Promise((resolve) => server.close(resolve));
}

const port = () => (server.address() as AddressInfo).port;

beforeEach(async () => {
  peers = new Inbox();
  connections = new Inbox();
  events = new Inbox();
  await listen();
  socket = new Socket(`ws://127.0.0.1:${port()}/ws?token=t`, {
    event: (event) => events.put(event),
    connection: (connection) => connections.put(connection),
  });
  socket.open();
});

afterEach(async () => {
  socket.close();
  await stop();
});

/** Replies to every request of a peer. */
function answering(
  peer: Peer,
  reply: (
    request: { id: number; method: string; params: unknown },
    bytes: Uint8Array,
  ) => string | Uint8Array,
): void {
  peer.on('message', (data: Buffer, binary: boolean) => {
    if (!binary) return peer.send(reply(JSON.parse(data.toString()), new Uint8Array()));
    const { message, bytes } = split(new Uint8Array(data).buffer);
    peer.send(reply(message as { id: number; method: string; params: unknown }, bytes));
  });
}

describe('the socket', () => {
  it('gives each request its own answer, in whatever order they come', async () => {
    const peer = await peers.take();
    expect(await connections.take()).toBe('open');
    const waiting: { id: number; params: unknown }[] = [];
    peer.on('message', (data) => {
      waiting.unshift(JSON.parse(data.toString()));
      if (waiting.length === 2)
        for (const { id, params } of waiting) peer.send(JSON.stringify({ id, ok: params }));
    });
    const answers = await Promise.all([
      socket.request('a', { n: 1 }),
      socket.request('b', { n: 2 }),
    ]);
    expect(answers.map((answer) => answer.value)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('carries bytes raw, in both directions', async () => {
    const peer = await peers.take();
    await connections.take();
    answering(peer, ({ id, method }, bytes) =>
      join({ id, ok: { name: method } }, bytes.toReversed()),
    );
    const client = clientOf(socket);
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index);
    const sent = await socket.request('tab.open_bytes', { name: 'x.wasm' }, bytes);
    expect(sent.bytes).toEqual(bytes.toReversed());
    const { reply } = await client['tab.download']({
      tab: 1,
      what: 'wasm',
      strip: false,
      validate: true,
    });
    expect(reply).toEqual({ name: 'tab.download' });
  });

  it('tells why a request was refused, with the code', async () => {
    const peer = await peers.take();
    await connections.take();
    answering(peer, ({ id }) =>
      JSON.stringify({ id, error: { code: 'unknown_tab', message: 'There is no tab 9.' } }),
    );
    const refusal = await socket.request('tab.get', { tab: 9 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RequestError);
    expect((refusal as RequestError).wire.code).toBe('unknown_tab');
  });

  it('passes events on', async () => {
    const peer = await peers.take();
    peer.send(JSON.stringify({ event: 'behind' }));
    expect(await events.take()).toEqual({ event: 'behind' });
  });

  it('ends what waits when the connection is lost, and comes back by itself', async () => {
    const peer = await peers.take();
    expect(await connections.take()).toBe('open');
    const pending = socket.request('tab.run', { tab: 1 });
    peer.terminate();
    await expect(pending).rejects.toBeInstanceOf(ConnectionError);
    expect(await connections.take()).toBe('lost');
    await expect(socket.request('tab.run', { tab: 1 })).rejects.toBeInstanceOf(ConnectionError);

    const again = await peers.take();
    expect(await connections.take()).toBe('open');
    answering(again, ({ id }) => JSON.stringify({ id, ok: 'back' }));
    expect((await socket.request('workbench.hello', {})).value).toBe('back');
  });

  it('keeps trying while nobody answers', async () => {
    await peers.take();
    expect(await connections.take()).toBe('open');
    const here = port();
    await stop();
    expect(await connections.take()).toBe('lost');
    // The first try finds no server, and reports that again.
    expect(await connections.take()).toBe('lost');
    await listen(here);
    socket.hurry();
    await peers.take();
    let connection = await connections.take();
    while (connection === 'lost') connection = await connections.take();
    expect(connection).toBe('open');
  });

  it('connects anew when what comes is no message of a workbench', async () => {
    const peer = await peers.take();
    expect(await connections.take()).toBe('open');
    peer.send(new Uint8Array([255, 255, 255, 255]));
    expect(await connections.take()).toBe('lost');
    await peers.take();
    expect(await connections.take()).toBe('open');
  });
});

describe('a frame', () => {
  it('comes back as it went', () => {
    const bytes = new Uint8Array([0, 255, 10]);
    expect(split(join({ id: 1, text: 'ä😀' }, bytes).buffer)).toEqual({
      message: { id: 1, text: 'ä😀' },
      bytes,
    });
  });

  it('that is too short is refused', () => {
    expect(() => split(new ArrayBuffer(3))).toThrow(RangeError);
    expect(() => split(new Uint8Array([9, 0, 0, 0, 1]).buffer)).toThrow(RangeError);
  });
});

describe('the address of the socket', () => {
  it('is beside the page, with its token where the page has one', () => {
    const page = { protocol: 'http:', host: '127.0.0.1:5170', search: '?token=a%2Bb' };
    expect(socketUrl(page)).toBe('ws://127.0.0.1:5170/ws?token=a%2Bb');
    expect(socketUrl({ ...page, protocol: 'https:', search: '' })).toBe('wss://127.0.0.1:5170/ws');
  });
});
