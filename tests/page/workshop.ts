// A new workbench for each test, served on loopback with a data folder of its own, and a page on
// it.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach } from 'vitest';
import type { Settings } from '../../ui/src/protocol.ts';
import { tellWhatWasShown } from '../shown';
import { Browser, WORKBENCH, type WebGl } from './browser';
import { ask } from './contract';

export const ROOT = join(import.meta.dirname, '..', '..');
export const PROGRAMS = process.env.WATSHOP_PROGRAMS ?? join(ROOT, 'target', 'release');

/** The compilers that were built: two on a system without LLVM 22, else three. */
export const COMPILERS = ['Singlepass', 'Cranelift', 'LLVM'].filter((name) =>
  existsSync(join(PROGRAMS, `watshop-compiler-${name.toLowerCase()}`)),
);

/** A token that opens the page any number of times. The printed address does so once. */
const TOKEN = 'a-token-that-was-given-by-hand';

/** The state of a tab before its page is opened. */
export interface Beginning {
  /** Returns changes of its settings. */
  settings?(settings: Settings): Partial<Settings>;
  /** True if it has run. */
  ran: boolean;
  /** The options of the page's context. */
  context?: BrowserContextOptions;
}

/**
 * The workbench of the current test. It starts before each test and ends after it, so that no test
 * finds the remains of another.
 */
export class Workshop {
  readonly #browser: Browser;
  readonly #layout: string | null;
  #server?: ChildProcess;
  #data = '';
  /**
   * The port of the first test. The next ones reuse it, so that the browser's cache serves the same
   * addresses.
   */
  #port = '0';
  address = '';
  /** More options of `watshop serve`. */
  options: readonly string[] = [];
  /** More variables of its environment. */
  environment: Readonly<Record<string, string>> = {};
  /** The printed address, which lets a page in once. */
  printed = '';

  /** `layout` is the page's at first; null is that of a person who opens it for the first time. */
  constructor(webgl: WebGl = 'without', layout: string | null = 'engineer') {
    this.#layout = layout;
    this.#browser = new Browser(webgl);
    beforeEach(() => this.serve());
    // Hooks run in reverse order: the panels are read while they are there.
    afterEach(({ task }) => this.#close(task.result?.state === 'fail'));
    tellWhatWasShown(() => this.#browser.shown());
    afterAll(() => this.#browser.close());
  }

  /** Starts the server, or within a test restarts it after `end`, on the same data. */
  async serve(): Promise<void> {
    const first = this.#data === '';
    this.#data ||= mkdtempSync(join(tmpdir(), 'watshop-page-'));
    const options = ['serve', '--no-open', '--port', this.#port, ...this.options];
    const server = spawn(join(PROGRAMS, 'watshop'), options, {
      env: {
        ...process.env,
        WATSHOP_DATA_DIR: this.#data,
        WATSHOP_TOKEN: TOKEN,
        ...this.environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#server = server;
    this.printed = await new Promise((resolve, reject) => {
      createInterface(server.stdout!).once('line', resolve);
      server.once('exit', (status) => reject(new Error(`watshop serve ended with ${status}`)));
    });
    this.address = this.printed.replace(/token=.*/, `token=${TOKEN}`);
    this.#port = new URL(this.address).port;
    // Most panels are in sight in this layout; the others have tests of their own.
    if (first && this.#layout !== null)
      await ask(this.address, (client) =>
        client['workbench.save_ui']({ ui: JSON.stringify({ version: 1, layout: this.#layout }) }),
      );
  }

  get process(): number {
    return this.#server!.pid!;
  }

  /** Ends the server: gently, or as a power cut would. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const server = this.#server;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await ended;
  }

  /** Opens the page and waits until it can be used. */
  async open(options: BrowserContextOptions = {}, address = this.address): Promise<Page> {
    const page = await this.#browser.page({ viewport: { width: 1280, height: 800 }, ...options });
    const url = new URL(address).origin;
    await page.context().addCookies([{ name: WORKBENCH, value: basename(this.#data), url }]);
    await page.goto(address, { waitUntil: 'commit' });
    await page.getByRole('tablist', { name: 'Open tabs' }).waitFor();
    return page;
  }

  /** Opens the page on a tab with this text, which is made by the contract and not by typing. */
  async openOn(text: string, { settings, ran, context }: Beginning): Promise<Page> {
    await ask(this.address, async (client) => {
      const made = await client['tab.new']({ title: null, text });
      const tab = made.summary.id;
      const changes = settings?.(made.settings) ?? {};
      await client['tab.configure']({ tab, settings: { ...made.settings, ...changes } });
      if (ran) {
        const { outcome } = await client['tab.run']({ tab });
        if (outcome.outcome === 'failed') throw new Error(outcome.error.message);
      }
      await client['workbench.save_ui']({
        ui: JSON.stringify({ version: 1, active: tab, layout: this.#layout }),
      });
    });
    const page = await this.open(context);
    await page.getByRole('textbox', { name: 'WAT source' }).waitFor();
    return page;
  }

  /** Ends everything of a test and removes its files. */
  async #close(failed: boolean): Promise<void> {
    await this.#browser.tidy(failed);
    await this.end('SIGTERM');
    rmSync(this.#data, { recursive: true, force: true });
    this.#data = '';
  }
}

/**
 * Brings a panel to the front. Its tab may have a count. The dock follows a press only in the next
 * frame, as the press might become a drag. An action before that would reach the former panel.
 */
export async function show(page: Page, panel: string): Promise<void> {
  const tab = page.getByRole('tab', { name: new RegExp(`^${panel}( \\d+)?$`) });
  await tab.click();
  await tab.and(page.getByRole('tab', { selected: true })).waitFor();
}

/** Replaces the text of the editor as a person would: select all, type over. */
export async function write(page: Page, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'WAT source' });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(text);
}

/** Returns the whole text of the editor. */
export async function read(page: Page): Promise<string> {
  const lines = page.getByRole('textbox', { name: 'WAT source' }).locator('.cm-line');
  return (await lines.allInnerTexts()).map((line) => line.replace(/\n$/, '')).join('\n');
}

/** Opens a new tab with this text. */
export async function newTab(page: Page, text: string): Promise<void> {
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  const before = await tabs.count();
  await page.getByRole('button', { name: 'New tab' }).click();
  // Until it is in front, the text would go into the tab before.
  await tabs.nth(before).and(page.locator('[aria-selected="true"]')).waitFor();
  await write(page, text);
}

/** Presses Run and waits until the exports (or an error) are there. */
export async function run(page: Page): Promise<void> {
  const rows = page.getByRole('table', { name: 'Timings' }).locator('tbody tr');
  const before = await rows.count();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  // LLVM takes half a minute for QuickJS on a busy machine.
  await rows.nth(before).waitFor({ timeout: 240_000 });
}

/** Calls an export and returns the text of its result. */
export async function call(page: Page, name: string, ...args: string[]): Promise<string> {
  for (const [index, text] of args.entries()) {
    await page
      .getByRole('textbox', { name: `${name} argument ${index + 1}`, exact: true })
      .fill(text);
  }
  const rows = page.getByRole('table', { name: 'Timings' }).locator('tbody tr');
  const before = await rows.count();
  await page.getByRole('button', { name: `Call ${name}`, exact: true }).click();
  await rows.nth(before).waitFor();
  // The row comes with an event, and the result with the reply after it.
  const result = page.getByRole('status', { name: `Result of ${name}` });
  await result.filter({ hasNotText: /^Calling/ }).waitFor();
  return result.innerText();
}

/** Returns the path of QuickJS from its package, checked by SHA-256; see tests/src/modules.rs. */
export function qjs(): string {
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
  const find = () =>
    (existsSync(registry) ? readdirSync(registry) : [])
      .map((index) => join(registry, index, 'wasmer-c-api-2.3.0', 'examples', 'assets', 'qjs.wasm'))
      .find((path) => existsSync(path));
  if (!find())
    execFileSync('cargo', ['info', 'wasmer-c-api@2.3.0', '--registry', 'crates-io'], { cwd: ROOT });
  const path = find()!;
  const sum = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (sum !== '6f62a6bc5c8f8e3e12a54e2ecbc5674ccfe1c75f91d8e4dd6ebb3fec422a4d6c') {
    throw new Error(`${path} is not the file it should be: ${sum}`);
  }
  return path;
}
