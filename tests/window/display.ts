// The real window: the Tauri executable on an X server of its own, driven by WebKit's own WebDriver.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROGRAMS } from '../page/workshop';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export class Display {
  readonly data = mkdtempSync(join(tmpdir(), 'watshop-window-'));
  #server?: ChildProcess;
  #driver?: ChildProcess;
  #number = '';
  #base = '';
  #session = '';

  /** An X server with a free number, and a driver with a free port. */
  async start(): Promise<void> {
    this.#server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
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
    await until(() => this.run('return !!document.querySelector(\'[role="tablist"][aria-label="Open tabs"]\')'));
  }

  /** Closes the window, as a person does. */
  async shut(): Promise<void> {
    await this.#call('DELETE', this.#session);
    this.#session = '';
  }

  /** Runs a script in the page and gives what it returns. */
  run<T>(script: string, ...args: unknown[]): Promise<T> {
    return this.#post(`${this.#session}/execute/sync`, { script, args });
  }

  /** Clicks what this selector finds first. */
  async click(selector: string): Promise<void> {
    await this.#post(`${this.#session}/element/${await this.#find(selector)}/click`, {});
  }

  /** Types into what this selector finds first, over what is there. */
  async type(selector: string, text: string): Promise<void> {
    const element = await this.#find(selector);
    await this.#post(`${this.#session}/element/${element}/click`, {});
    await this.#post(`${this.#session}/element/${element}/value`, { text: `\uE009a\uE000${text}` });
  }

  /** The text of what this selector finds first. */
  text(selector: string): Promise<string> {
    return this.run('return document.querySelector(arguments[0])?.innerText ?? ""', selector);
  }

  /** Writes a picture of the window. */
  async screenshot(path: string): Promise<void> {
    const picture = await this.#call<string>('GET', `${this.#session}/screenshot`);
    writeFileSync(path, Buffer.from(picture, 'base64'));
  }

  /** Ends everything and leaves nothing behind. */
  async close(): Promise<void> {
    if (this.#session) await this.shut().catch(() => undefined);
    this.#driver?.kill();
    this.#server?.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  async #find(selector: string): Promise<string> {
    let found: Record<string, string> | undefined;
    await until(async () => {
      found = await this.#post<Record<string, string>>(`${this.#session}/element`, {
        using: 'css selector',
        value: selector,
      }).catch(() => undefined);
      return found !== undefined;
    });
    return found![ELEMENT];
  }

  #post<T = { sessionId: string }>(path: string, body: unknown): Promise<T> {
    return this.#call('POST', path, body);
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.#base + path, { method, body: body && JSON.stringify(body) } as RequestInit);
    const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
}

/** Asks again, at the pace of a screen, until it holds. */
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
