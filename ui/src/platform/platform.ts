// What the page's home does for it, in a browser and in the window.

import type { Menu, WorkbenchEvent } from '../protocol.ts';

/** Bytes in an ordinary buffer: what blobs, sockets and Tauri take. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What came back for a request: the JSON of its `ok`, and the bytes that came along. */
export interface Answer {
  value: unknown;
  bytes: Bytes;
}

/** Whether requests can be answered now. `lost` is followed by tries to connect again. */
export type Connection = 'connecting' | 'open' | 'lost';

/** Who wants to know what comes by itself. */
export interface Listener {
  /** Something happened in the workbench. */
  event(event: WorkbenchEvent): void;
  /**
   * The connection changed. After every `open`, what is known of the workbench may be out of date.
   */
  connection(connection: Connection): void;
}

/** A file that a person chose: the window has its path, a browser only what is in it. */
export type ChosenFile = { path: string } | { name: string; bytes: Bytes };

/** What a chosen file is called. */
export function nameOf(file: ChosenFile): string {
  return 'path' in file ? (file.path.split(/[\\/]/).at(-1) ?? file.path) : file.name;
}

/** What only a home with access to the host's files has. */
export interface HostFiles {
  /** Asks where to save; `null` when the person changed their mind. */
  chooseSavePath(name: string): Promise<string | null>;
}

/**
 * The page's home. Nothing outside this folder knows whether that is a browser or the desktop
 * window; an edition without a server would be a third implementation.
 */
export interface Platform {
  /** Connects, and stays connected until the page goes. */
  connect(listener: Listener): void;
  /**
   * Sends a request. Rejects with a `RequestError` if the workbench refuses, and with a
   * `ConnectionError` if it cannot be reached.
   */
  request(method: string, params: unknown, bytes?: Bytes): Promise<Answer>;
  /** Asks for files to open; none when the person changed their mind. */
  chooseFiles(): Promise<ChosenFile[]>;
  /** Gives a file to the person: a download, or a dialog that asks where to. */
  giveFile(name: string, mediaType: string, bytes: Bytes): Promise<void>;
  /**
   * Gives the home what its menus are made of, if it has any: an item that is chosen comes as an
   * event.
   */
  showMenus(menus: readonly Menu[]): void;
  /** Opens a page of the Web outside of this one. */
  openExternal(url: string): Promise<void>;
  /** Whether the page can have keys that a browser keeps for itself. */
  readonly hasAllKeys: boolean;
  /** Files of the host, where the page may name them. */
  readonly hostFiles: HostFiles | null;
}

/** What can be chosen in a dialog that opens files. */
export const FILE_ENDINGS = ['wat', 'wast', 'wasm', 'wshop', 'imports.json'];
