// The real window: the Tauri executable on an X server of its own, driven by WebKit's WebDriver.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAMS } from '../page/workshop';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Selectors for the elements of each role. */
const ROLES = {
  button: 'button, [role="button"]',
  radio: 'input[type="radio"], [role="radio"]',
  region: 'section, [role="region"]',
  status: 'output, [role="status"]',
  tab: '[role="tab"]',
  table: 'table',
  textbox: 'input:not([type="radio"]):not([type="checkbox"]), textarea, [role="textbox"]',
};
export type Role = keyof typeof ROLES;

/** The codes of keys without a character in WebDriver. */
const KEYS = { F1: '\uE031', Escape: '\uE00C' };

/**
 * Finds an element by its name, which is computed as a screen reader does, as far as this page
 * needs.
 */
const FIND = `
  const text = (id) => document.getElementById(id)?.innerText ?? '';
  const nameOf = (e) =>
    e.getAttribute('aria-label') ??
    (e.hasAttribute('aria-labelledby')
      ? e.getAttribute('aria-labelledby').split(' ').map(text).join(' ')
      : (e.labels?.[0]?.innerText ?? e.querySelector?.('caption')?.innerText ?? e.innerText));
  const find = (selector, name) =>
    [...document.querySelectorAll(selector)].find((e) => nameOf(e).trim() === name && e.getClientRects().length > 0);
  /** Returns the element once it stands still, since a press on one that moves hits another. */
  const findStill = async (selector, name) => {
    for (let before, frame = 0; frame < 30; frame++) {
      const element = find(selector, name);
      if (!element) return null;
      const place = JSON.stringify(element.getBoundingClientRect());
      if (place === before) return element;
      before = place;
      await new Promise(requestAnimationFrame);
    }
    return null;
  };
`;

export class Display {
  readonly data = mkdtempSync(join(tmpdir(), 'watshop-window-'));
  #server?: ChildProcess;
  #driver?: ChildProcess;
  #number = '';
  #base = '';
  #session = '';

  /**
   * Returns the text of the visible panels without the lessons, which are long and the same in
   * every test.
   */
  async shown(): Promise<string> {
    const panels = `[...document.querySelectorAll('[data-part]:not([data-part="lessons"])')]`;
    const texts = `${panels}.filter((part) => part.checkVisibility()).map((part) => part.innerText.slice(0, 2000))`;
    return this.run<string[]>(`return ${texts}`).then((shown) => shown.join('\n\n'), String);
  }

  /** Starts an X server with a free number, and a driver with a free port. */
  async start(): Promise<void> {
    this.#server = spawn(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      },
    );
    this.#number = await new Promise((resolve, reject) => {
      this.#server!.stdio[3]!.once('data', (data: Buffer) => resolve(data.toString().trim()));
      this.#server!.once('exit', () => reject(new Error('Xvfb did not start')));
    });
    const port = await freePort();
    this.#base = `http://127.0.0.1:${port}`;
    this.#driver = spawn('WebKitWebDriver', [`--port=${port}`], {
      env: {
        ...process.env,
        DISPLAY: `:${this.#number}`,
        WATSHOP_DATA_DIR: this.data,
        TAURI_WEBVIEW_AUTOMATION: 'true',
        LIBGL_ALWAYS_SOFTWARE: '1',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await until(async () => (await fetch(`${this.#base}/status`)).ok);
  }

  /** Opens the window, with files on its command line. */
  async open(...files: string[]): Promise<void> {
    const { sessionId } = await this.#post('/session', {
      capabilities: {
        alwaysMatch: {
          'webkitgtk:browserOptions': { binary: join(PROGRAMS, 'watshop-window'), args: files },
        },
      },
    });
    this.#session = `/session/${sessionId}`;
    await until(() =>
      this.run('return !!document.querySelector(\'[role="tablist"][aria-label="Open tabs"]\')'),
    );
  }

  /** Closes the window, as a person does. */
  async shut(): Promise<void> {
    await this.#call('DELETE', this.#session);
    this.#session = '';
  }

  /** Runs a script in the page and returns its result. */
  run<T>(script: string, ...args: unknown[]): Promise<T> {
    return this.#post(`${this.#session}/execute/sync`, { script, args });
  }

  /** Clicks the element with this role and name, as soon as it is there. */
  async click(role: Role, name: string): Promise<void> {
    const element = await this.#find(role, name);
    // A radio button may lie under its label, out of reach of a pointer.
    if (role === 'radio') await this.run('arguments[0].click()', { [ELEMENT]: element });
    else await this.#post(`${this.#session}/element/${element}/click`, {});
  }

  /** Types into the field with this name, over its text. */
  async type(name: string, text: string): Promise<void> {
    const element = await this.#find('textbox', name);
    await this.#post(`${this.#session}/element/${element}/clear`, {});
    await this.#post(`${this.#session}/element/${element}/value`, { text });
  }

  /** Presses a key. It goes to the element with the keyboard. */
  async press(key: keyof typeof KEYS): Promise<void> {
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] }));
    await this.#post(`${this.#session}/actions`, {
      actions: [{ type: 'key', id: 'keyboard', actions }],
    });
  }

  /**
   * Returns the text of the element with this role and name, or an empty text while there is none.
   */
  text(role: Role, name: string): Promise<string> {
    return this.run(`${FIND} return find(...arguments)?.innerText ?? ''`, ROLES[role], name);
  }

  /** Writes a picture of the window. */
  async screenshot(path: string): Promise<void> {
    const picture = await this.#call<string>('GET', `${this.#session}/screenshot`);
    writeFileSync(path, Buffer.from(picture, 'base64'));
  }

  /** Ends everything and removes its files. */
  async close(): Promise<void> {
    if (this.#session) await this.shut().catch(() => undefined);
    this.#driver?.kill();
    this.#server?.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  async #find(role: Role, name: string): Promise<string> {
    let found: Record<string, string> | null = null;
    await until(async () => {
      found = await this.run(`${FIND} return findStill(...arguments)`, ROLES[role], name);
      return found !== null;
    });
    return found![ELEMENT]!;
  }

  #post<T = { sessionId: string }>(path: string, body: unknown): Promise<T> {
    return this.#call('POST', path, body);
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#base + path, {
      method,
      body: body && JSON.stringify(body),
    } as RequestInit);
    const { value } = (await response.json()) as {
      value: T & { error?: string; message?: string };
    };
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
}

/** Checks again and again, at the pace of a screen, until the condition holds. */
export async function until(holds: () => Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await holds().catch(() => false)) return;
    if (Date.now() > end) throw new Error(`It did not become so within ${seconds} s: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 16));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
