// The page in a browser: a WebSocket to `watshop serve`.

import { ConnectionError } from './errors.ts';
import { chosenFiles } from './files.ts';
import {
  FILE_ENDINGS,
  type Answer,
  type Bytes,
  type ChosenFile,
  type Listener,
  type Platform,
} from './platform.ts';
import { Socket } from './socket.ts';

/** A page in a browser: a WebSocket to `watshop serve`, which knows the browser by its cookie. */
export class BrowserPlatform implements Platform {
  readonly hasAddress = true;
  readonly hasAllKeys = false;
  readonly hostFiles = null;
  #socket: Socket | undefined;

  connect(listener: Listener): void {
    const socket = new Socket(socketUrl(location), listener);
    this.#socket = socket;
    addEventListener('online', () => socket.hurry());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') socket.hurry();
    });
    listener.connection('connecting');
    socket.open();
  }

  request(method: string, params: unknown, bytes?: Bytes): Promise<Answer> {
    return this.#socket?.request(method, params, bytes) ?? Promise.reject(new ConnectionError());
  }

  chooseFiles(): Promise<ChosenFile[]> {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.accept = FILE_ENDINGS.map((ending) => `.${ending}`).join(',');
    return new Promise((resolve) => {
      input.oncancel = () => resolve([]);
      input.onchange = () => resolve(chosenFiles(input.files ?? []));
      input.click();
    });
  }

  giveFile(name: string, mediaType: string, contents: Bytes | Blob): Promise<void> {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([contents], { type: mediaType }));
    link.download = name;
    link.click();
    // By the time its click was handled, the browser has a hold of the blob.
    setTimeout(() => URL.revokeObjectURL(link.href), 0);
    return Promise.resolve();
  }

  showMenus(): void {
    // A browser has menus of its own.
  }

  openExternal(url: string): Promise<void> {
    open(url, '_blank', 'noopener,noreferrer');
    return Promise.resolve();
  }
}

/**
 * Returns the address of a page's WebSocket, which is beside the page. If the page's own address
 * has a token, because another server serves the page, the WebSocket's has it too.
 */
export function socketUrl(page: { protocol: string; host: string; search: string }): string {
  const scheme = page.protocol === 'https:' ? 'wss:' : 'ws:';
  const token = new URLSearchParams(page.search).get('token');
  return `${scheme}//${page.host}/ws${token === null ? '' : `?token=${encodeURIComponent(token)}`}`;
}
