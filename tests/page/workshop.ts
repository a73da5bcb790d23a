// A workbench served on loopback with a data folder of its own, and a real Chromium on it.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';
import { tellWhatWasShown } from '../shown';
import { slowDown } from './slow-line';

export const ROOT = join(import.meta.dirname, '..', '..');
export const PROGRAMS = process.env.WATSHOP_PROGRAMS ?? join(ROOT, 'target', 'release');

/** Which compilers were built; where LLVM 22 cannot be had there are two. */
export const COMPILERS = ['Singlepass', 'Cranelift', 'LLVM'].filter((name) =>
  existsSync(join(PROGRAMS, `watshop-compiler-${name.toLowerCase()}`)),
);

/** What lets a page in as often as a test wants; the address that is printed does so once. */
export const TOKEN = 'a-token-that-was-given-by-hand';

/** Letters of a panel's tree that are worth reading where a test failed. */
const MOST_SHOWN = 2_000;

export class Workshop {
  readonly data = mkdtempSync(join(tmpdir(), 'watshop-page-'));
  #server?: ChildProcess;
  #browser?: Browser;
  address = '';
  /** What was printed, and lets in once. */
  printed = '';

  constructor() {
    tellWhatWasShown(() => this.#shown());
  }

  /** What the panels of the open pages show: a test that failed far away tells with it what it saw. */
  async #shown(): Promise<string> {
    const pages = this.#browser?.contexts().flatMap((context) => context.pages()) ?? [];
    // The lessons are the same in every test, and long.
    const panels = pages.map((page) => page.locator('[data-part]:not([data-part="Lessons"]):visible').all());
    const trees = (await Promise.all(panels)).flat().map((panel) => panel.ariaSnapshot({ timeout: 5_000 }));
    const texts = (await Promise.allSettled(trees)).map((tree) =>
      tree.status === 'fulfilled' ? tree.value.slice(0, MOST_SHOWN) : String(tree.reason),
    );
    return texts.join('\n\n');
  }

  /** Starts the server; again after `kill`, on the same data. */
  async serve(): Promise<void> {
    const server = spawn(join(PROGRAMS, 'watshop'), ['serve', '--no-open'], {
      env: { ...process.env, WATSHOP_DATA_DIR: this.data, WATSHOP_TOKEN: TOKEN },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#server = server;
    this.printed = await new Promise((resolve, reject) => {
      createInterface(server.stdout!).once('line', resolve);
      server.once('exit', (status) => reject(new Error(`watshop serve ended with ${status}`)));
    });
    this.address = this.printed.replace(/token=.*/, `token=${TOKEN}`);
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
    this.#browser ??= await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
      ],
    });
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    await slowDown(page);
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(address);
    await page.getByRole('tablist', { name: 'Open tabs' }).waitFor();
    return page;
  }

  /** Ends everything and leaves nothing behind. */
  async close(): Promise<void> {
    await this.#browser?.close();
    await this.end('SIGTERM');
    rmSync(this.data, { recursive: true, force: true });
  }
}

/**
 * Brings a panel to the front; its tab may have a count. The dock follows a press in the next frame, to leave it time to
 * become a drag: what is done before that happens to the panel that was in front.
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

/** The text of the editor, all of it. */
export async function read(page: Page): Promise<string> {
  const lines = page.getByRole('textbox', { name: 'WAT source' }).locator('.cm-line');
  return (await lines.allInnerTexts()).map((line) => line.replace(/\n$/, '')).join('\n');
}

/** A new tab with this text. */
export async function newTab(page: Page, text: string): Promise<void> {
  const tabs = page.getByRole('tablist', { name: 'Open tabs' }).getByRole('tab');
  const before = await tabs.count();
  await page.getByRole('button', { name: 'New tab' }).click();
  await tabs.nth(before).waitFor();
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

/** Calls an export and gives its result's text. */
export async function call(page: Page, name: string, ...args: string[]): Promise<string> {
  for (const [index, text] of args.entries()) {
    await page.getByRole('textbox', { name: `${name} argument ${index + 1}`, exact: true }).fill(text);
  }
  const rows = page.getByRole('table', { name: 'Timings' }).locator('tbody tr');
  const before = await rows.count();
  await page.getByRole('button', { name: `Call ${name}`, exact: true }).click();
  await rows.nth(before).waitFor();
  // The row comes with an event, the result with the reply after it.
  const result = page.getByRole('status', { name: `Result of ${name}` });
  await result.filter({ hasNotText: /^Calling/ }).waitFor();
  return result.innerText();
}

/** QuickJS, from its package, checked by SHA-256; see tests/src/modules.rs. */
export function qjs(): string {
  const registry = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
  const find = () =>
    (existsSync(registry) ? readdirSync(registry) : [])
      .map((index) => join(registry, index, 'wasmer-c-api-2.3.0', 'examples', 'assets', 'qjs.wasm'))
      .find((path) => existsSync(path));
  if (!find()) execFileSync('cargo', ['info', 'wasmer-c-api@2.3.0', '--registry', 'crates-io'], { cwd: ROOT });
  const path = find()!;
  const sum = createHash('sha256').update(readFileSync(path)).digest('hex');
  if (sum !== '6f62a6bc5c8f8e3e12a54e2ecbc5674ccfe1c75f91d8e4dd6ebb3fec422a4d6c') {
    throw new Error(`${path} is not the file it should be: ${sum}`);
  }
  return path;
}
