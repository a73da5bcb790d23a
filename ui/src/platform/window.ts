// The page in the desktop window: requests and events over Tauri's IPC.

import { Channel, invoke } from '@tauri-apps/api/core';
import { open, save } from '@tauri-apps/plugin-dialog';
import type { Menu, WorkbenchEvent } from '../protocol.ts';
import { join, NO_BYTES, split } from './frame.ts';
import { InStep } from './in-step.ts';
import {
  FILE_ENDINGS,
  type Answer,
  type Bytes,
  type ChosenFile,
  type Listener,
  type Platform,
} from './platform.ts';
import { answer, type Reply } from './reply.ts';
import { translated } from './translate.ts';

/**
 * The bytes before a reply with the number of events that the page must take first (u64, little
 * endian).
 */
const STAMP = 8;

const FILTERS = [{ name: 'WebAssembly', extensions: FILE_ENDINGS }];

/** The desktop window: requests and events over Tauri's IPC. The only file that knows Tauri. */
export class WindowPlatform implements Platform {
  readonly hasAddress = false;
  readonly hasAllKeys = true;
  readonly hostFiles = {
    chooseSavePath: (name: string) => {
      const isModule = FILE_ENDINGS.some((ending) => name.endsWith(`.${ending}`));
      return save({ defaultPath: name, filters: isModule ? FILTERS : [] });
    },
    chooseFolder: () => open({ directory: true }),
  };
  #lastId = 0;
  readonly #inStep = new InStep();

  connect(listener: Listener): void {
    listener.connection('connecting');
    const events = new Channel<WorkbenchEvent>((event) => {
      try {
        listener.event(translated(event));
      } finally {
        this.#inStep.hear();
      }
    });
    invoke('subscribe', { events }).then(
      () => listener.connection('open'),
      () => listener.connection('lost'),
    );
  }

  async request(method: string, params: unknown, bytes: Bytes = NO_BYTES): Promise<Answer> {
    const reply = await invoke<ArrayBuffer>(
      'rpc',
      join({ id: ++this.#lastId, method, params }, bytes),
    );
    await this.#inStep.after(Number(new DataView(reply).getBigUint64(0, true)));
    const { message, bytes: back } = split(reply, STAMP);
    return answer(message as Reply, back);
  }

  async chooseFiles(): Promise<ChosenFile[]> {
    const paths = await open({ multiple: true, filters: FILTERS });
    return (paths ?? []).map((path) => ({ path }));
  }

  async giveFile(name: string, _mediaType: string, contents: Bytes | Blob): Promise<void> {
    const path = await save({ defaultPath: name });
    if (path === null) return;
    const bytes =
      contents instanceof Blob ? new Uint8Array(await contents.arrayBuffer()) : contents;
    await invoke('write_file', bytes, { headers: { path: encodeURIComponent(path) } });
  }

  showMenus(menus: readonly Menu[]): void {
    invoke('show_menus', { menus }).catch((error: unknown) =>
      console.warn('The window cannot show the menus of the page.', error),
    );
  }

  async openExternal(url: string): Promise<void> {
    await invoke('open_external', { url });
  }
}
