// The services that a browser or the window gives to the page.

import type { Menu, WorkbenchEvent } from '../protocol.ts';

/** Bytes in an ordinary buffer, which blobs, sockets and Tauri take. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The reply to a request: the JSON of its `ok`, and the bytes that came along. */
export interface Answer {
  value: unknown;
  bytes: Bytes;
}

/**
 * The state of the connection. Requests can be sent while it is `open`. `lost` is followed by tries
 * to connect again.
 */
export type Connection = 'connecting' | 'open' | 'lost';

/** The receiver of events and of changes of the connection. */
export interface Listener {
  /** Takes an event of the workbench. */
  event(event: WorkbenchEvent): void;
  /**
   * Takes a change of the connection. After every `open`, all that is known of the workbench may be
   * out of date.
   */
  connection(connection: Connection): void;
}

/** A file that a person chose. The window has its path, a browser only its content. */
export type ChosenFile = { path: string } | { name: string; read: () => Promise<Bytes> };

/** Returns the name of a chosen file. */
export function nameOf(file: ChosenFile): string {
  return 'path' in file ? (file.path.split(/[\\/]/).at(-1) ?? file.path) : file.name;
}

/** The services of a platform that has access to the host's files. */
interface HostFiles {
  /** Asks for a path to save to. Resolves to `null` if the person cancels. */
  chooseSavePath(name: string): Promise<string | null>;
  /** Asks for a folder. Resolves to `null` if the person cancels. */
  chooseFolder(): Promise<string | null>;
}

/**
 * The page's platform. Only this folder knows whether that is a browser or the desktop window. An
 * edition without a server would be a third implementation.
 */
export interface Platform {
  /** Connects, and stays connected until the page is closed. */
  connect(listener: Listener): void;
  /**
   * Sends a request. Rejects with a `RequestError` if the workbench refuses it, and with a
   * `ConnectionError` if the workbench cannot be reached.
   */
  request(method: string, params: unknown, bytes?: Bytes): Promise<Answer>;
  /** Asks for files to open. Resolves to an empty list if the person cancels. */
  chooseFiles(): Promise<ChosenFile[]>;
  /** Gives a file to the person, as a download or by a dialog that asks for a path. */
  giveFile(name: string, mediaType: string, contents: Bytes | Blob): Promise<void>;
  /** Gives the menus to a platform that shows them. A chosen item comes as an event. */
  showMenus(menus: readonly Menu[]): void;
  /** Opens a page of the Web outside of this one. */
  openExternal(url: string): Promise<void>;
  /** True if the page has an address that a browser opens again. */
  readonly hasAddress: boolean;
  /** True if the page can have keys that a browser keeps for itself. */
  readonly hasAllKeys: boolean;
  /** The host's files, or null if the page may not name them. */
  readonly hostFiles: HostFiles | null;
}

/** The endings of files that can be opened. */
export const FILE_ENDINGS = ['wat', 'wast', 'wasm', 'wshop', 'imports.json'];
