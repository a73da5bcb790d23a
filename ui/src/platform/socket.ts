// A WebSocket that reconnects after a loss.

import type { WorkbenchEvent } from '../protocol.ts';
import { ConnectionError } from './errors.ts';
import { join, NO_BYTES, split } from './frame.ts';
import type { Answer, Bytes, Listener } from './platform.ts';
import { answer, isReply, type Reply } from './reply.ts';
import { translated } from './translate.ts';

/** The milliseconds before the first try to reconnect. Each later one waits twice as long. */
const FIRST_WAIT = 150;
const LONGEST_WAIT = 4000;

interface PendingRequest {
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/**
 * Requests, replies and events over a WebSocket that is reopened whenever it is lost. A text frame
 * is JSON; a binary frame is JSON with bytes (see `frame.ts`).
 */
export class Socket {
  readonly #url: string;
  readonly #listener: Listener;
  readonly #waiting = new Map<number, PendingRequest>();
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST_WAIT;
  #lastId = 0;
  #closed = false;

  constructor(url: string, listener: Listener) {
    this.#url = url;
    this.#listener = listener;
  }

  /** Opens the connection, and reopens it whenever it is lost, until {@link close}. */
  open(): void {
    clearTimeout(this.#timer);
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.#listener.connection('open');
    };
    socket.onmessage = (message) => this.#receive(message.data);
    // After any error `close` follows, which is handled.
    socket.onerror = () => undefined;
    socket.onclose = () => this.#lose(socket);
  }

  /** Ends the wait for the next try, because the network is back or the page is looked at again. */
  hurry(): void {
    if (this.#timer === undefined) return;
    this.#wait = FIRST_WAIT;
    this.open();
    this.#timer = undefined;
  }

  /** Closes the connection for good. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  /** Sends a request. Its bytes, if it has any, go raw. */
  request(method: string, params: unknown, bytes?: Bytes): Promise<Answer> {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return Promise.reject(new ConnectionError());
    const id = ++this.#lastId;
    const request = { id, method, params };
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      socket.send(bytes ? join(request, bytes) : JSON.stringify(request));
    });
  }

  #receive(data: string | ArrayBuffer): void {
    let message: unknown;
    let bytes = NO_BYTES;
    try {
      if (typeof data === 'string') message = JSON.parse(data);
      else ({ message, bytes } = split(data));
    } catch {
      // The peer is not a workbench, or frames were lost, so the page's state can no longer be
      // trusted.
      this.#socket?.close();
      return;
    }
    if (isReply(message)) this.#settle(message, bytes);
    else this.#listener.event(translated(message as WorkbenchEvent));
  }

  #settle(reply: Reply, bytes: Bytes): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    try {
      waiting?.resolve(answer(reply, bytes));
    } catch (error) {
      waiting?.reject(error as Error);
    }
  }

  #lose(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    for (const { reject } of this.#waiting.values()) reject(new ConnectionError());
    this.#waiting.clear();
    if (this.#closed) return;
    this.#listener.connection('lost');
    // The wait is spread a little, so that many pages do not all come back at the same moment.
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.open();
      },
      this.#wait * (0.75 + Math.random() / 2),
    );
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }
}
