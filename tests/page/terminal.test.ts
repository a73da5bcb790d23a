// The panel Console as a terminal: streams, colours, logs, links, search, typing, and floods.

import { readFileSync } from 'node:fs';
import { type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Provider, Settings } from '../../ui/src/protocol.ts';
import { Workshop, newTab, read, run, show, write } from './workshop';

/** Returns a program that writes these texts to standard output (1), error (2) or a log (0). */
function writer(texts: readonly (readonly [0 | 1 | 2, string])[]): string {
  const encoder = new TextEncoder();
  let at = 64;
  const data: string[] = [];
  const calls: string[] = [];
  for (const [stream, text] of texts) {
    const bytes = encoder.encode(text);
    const escaped = [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
    data.push(`(data (i32.const ${at}) "${escaped}")`);
    calls.push(
      stream === 0
        ? `(call $log (i32.const ${at}) (i32.const ${bytes.length}))`
        : `(call $say (i32.const ${stream}) (i32.const ${at}) (i32.const ${bytes.length}))`,
    );
    at += bytes.length;
  }
  return `(module
    (import "env" "log" (func $log (param i32 i32)))
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (memory (export "memory") 2)
    ${data.join('\n')}
    (func $say (param i32 i32 i32)
      (i32.store (i32.const 0) (local.get 1)) (i32.store (i32.const 4) (local.get 2))
      (drop (call $write (local.get 0) (i32.const 0) (i32.const 1) (i32.const 8))))
    (func (export "_start") ${calls.join(' ')}))`;
}

/** Greets each line, until the end of its input. */
const GREETER = `(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "hello ") (data (i32.const 50) "name? ")
  (func $say (param i32 i32)
    (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start")
    (loop $again
      (call $say (i32.const 50) (i32.const 6))
      (i32.store (i32.const 0) (i32.const 106)) (i32.store (i32.const 4) (i32.const 1000))
      (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (if (i32.eqz (i32.load (i32.const 8))) (then return))
      (call $say (i32.const 100) (i32.add (i32.const 6) (i32.load (i32.const 8))))
      (br $again))))`;

/** The function `env.log` of `writer`. */
function withLog(settings: Settings): Partial<Settings> {
  const provider: Provider = {
    provide: 'read_string',
    pointer: 0,
    length: 1,
    memory: null,
    newline: false,
    stream: 'stdout',
    results: [],
  };
  const provisions = [{ module: 'env', name: 'log', provider }];
  return { imports: { ...settings.imports, provisions } };
}

const workshop = new Workshop();
let page: Page;
let panel: Locator;
let screen: Locator;
let output: Locator;

async function open(text: string, context: BrowserContextOptions = {}): Promise<void> {
  const settings = text.includes('"env" "log"') ? { settings: withLog } : {};
  page = await workshop.openOn(text, { ran: false, context, ...settings });
  panel = page.getByRole('region', { name: 'Console' });
  screen = panel.getByRole('group', { name: 'Terminal' });
  output = panel.getByRole('log', { name: 'Output' });
}

/** Searches the screen, which has no text for those who read the page. */
async function search(text: string): Promise<() => Promise<string>> {
  const field = panel.getByRole('textbox', { name: 'Text to find' });
  const matches = panel.getByRole('status', { name: 'Matches' });
  if (!(await field.isVisible()))
    await panel.getByRole('button', { name: 'Find in console' }).click();
  await field.fill(text);
  return () => matches.innerText();
}

/** Returns how many pixels of the screen have each of these colours, with some tolerance. */
async function pixels(colours: readonly (readonly [number, number, number])[]): Promise<number[]> {
  const png = (await screen.screenshot()).toString('base64');
  return page.evaluate(
    async ([png, colours]) => {
      const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      return colours.map((colour) => {
        let count = 0;
        for (let at = 0; at < data.length; at += 4)
          if (colour.every((one, n) => Math.abs(one - data[at + n]!) < 24)) count++;
        return count;
      });
    },
    [png, colours] as const,
  );
}

for (const [scheme, red, green] of [
  ['light', [185, 37, 37], [23, 112, 63]],
  ['dark', [255, 141, 136], [99, 207, 151]],
] as const) {
  test(`standard error and colours are seen in the ${scheme} theme, and standard error has a label`, async () => {
    const block = '\u2588\u2588\u2588';
    await open(
      writer([
        [1, `\x1b[32m${block}\x1b[0m\n`],
        [2, `${block} wrong\n`],
      ]),
      { colorScheme: scheme },
    );
    await run(page);
    await expect.poll(() => output.innerText()).toMatch(/^stderr\n█+ wrong$/m);
    expect(await output.innerText()).not.toContain('[32m');
    for (const count of [0, 1])
      await expect.poll(async () => (await pixels([red, green]))[count]).toBeGreaterThan(100);
  });
}

test('logs of the import object stand in order on lines of their own, and can be left out', async () => {
  await open(
    writer([
      [1, 'before '],
      [0, 'a log\n'],
      [1, 'after\n'],
    ]),
  );
  await run(page);
  await expect.poll(() => output.innerText()).toMatch(/^before \nlog\na log\nafter$/m);
  await expect.poll(await search('a log')).toBe('1 of 1');
  await expect.poll(await search('before a')).toBe('No match');
  await panel.getByRole('checkbox', { name: 'Logs' }).uncheck();
  await expect.poll(() => output.innerText()).not.toContain('a log');
  await expect.poll(await search('a log')).toBe('No match');
  // Without the log, the program's line is whole.
  await expect.poll(await search('before after')).toBe('1 of 1');
  await panel.getByRole('checkbox', { name: 'Logs' }).check();
  await expect.poll(await search('a log')).toBe('1 of 1');
});

test('a link of the Web opens in a page of its own, which cannot reach this one', async () => {
  await open(writer([[1, 'https://example.org/a?b=c\njavascript:alert(1)\n']]));
  await page.context().route('https://example.org/**', (route) => route.fulfill({ body: 'there' }));
  await run(page);
  const opened = page.context().waitForEvent('page');
  await expect.poll(await search('example.org')).toBe('1 of 1');
  await page.keyboard.press('Escape');
  await screen.hover({ position: { x: 40, y: 18 } });
  await screen.click({ position: { x: 40, y: 18 } });
  const other = await opened;
  expect(other.url()).toBe('https://example.org/a?b=c');
  expect(await other.evaluate(() => window.opener === null)).toBe(true);
  await screen.click({ position: { x: 40, y: 36 } });
  expect(page.context().pages()).toHaveLength(2);
});

test('a line is edited as in a terminal: by characters, to its ends, and from the lines before', async () => {
  await open(GREETER);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const line = panel.getByRole('textbox', { name: 'Standard input' });
  await expect.poll(() => line.getAttribute('placeholder')).toBe('The program waits for a line.');
  await screen.click();
  await page.keyboard.insertText('Ada👩‍👩‍👧‍👦e\u0301');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  expect(await line.inputValue()).toBe('Ada');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('r');
  await page.keyboard.press('Enter');
  await expect.poll(() => output.innerText()).toContain('name? Adra\nhello Adra\nname? ');
  await page.keyboard.type('two words');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+e');
  expect(await line.inputValue()).toBe('wo words');
  await page.keyboard.press('Control+u');
  expect(await line.inputValue()).toBe('');
  await page.keyboard.press('ArrowUp');
  expect(await line.inputValue()).toBe('Adra');
  await page.keyboard.press('Control+u');
  // Whole lines of a pasted text are sent, and the rest waits.
  await page.keyboard.insertText('one\ntwo\nthr');
  await expect.poll(() => output.innerText()).toContain('hello one\ntwo\nname? ');
  await expect.poll(() => line.inputValue()).toBe('thr');
  await page.keyboard.type('ee');
  await page.keyboard.press('Enter');
  await expect.poll(() => output.innerText()).toContain('hello three');
  await page.keyboard.press('Control+d');
  const exit = panel.getByRole('status', { name: 'Exit code' });
  await expect.poll(() => exit.innerText()).toBe('Exit status 0');
});

test('Ctrl+C copies what is selected on the screen, and stops the program if nothing is', async () => {
  await open(GREETER, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const line = panel.getByRole('textbox', { name: 'Standard input' });
  await expect.poll(() => line.getAttribute('placeholder')).toBe('The program waits for a line.');
  await line.fill('Ada');
  await line.press('Enter');
  await expect.poll(await search('hello Ada')).toBe('1 of 1');
  await page.keyboard.press('Escape');
  await screen.dblclick({ position: { x: 20, y: 18 } });
  await line.press('Control+c');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toMatch(/^name/);
  await screen.click({ position: { x: 300, y: 18 } });
  await line.press('Control+c');
  await line.waitFor({ state: 'hidden' });
  // A run that was stopped shows the panel Problems.
  await show(page, 'Console');
  await panel.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(clipboard).toContain('name? Ada\nhello Ada\nname? ');
});

test('the output is saved as a text, and Clear console empties the screen', async () => {
  await open(
    writer([
      [1, '\x1b[1mone\x1b[0m\n'],
      [2, 'two\n'],
    ]),
  );
  await run(page);
  await expect.poll(await search('two')).toBe('1 of 1');
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save output' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('untitled-output.txt');
  expect(readFileSync(await file.path(), 'utf8')).toBe('one\ntwo\n');
  await panel.getByRole('button', { name: 'Clear console' }).click();
  await panel.getByRole('button', { name: 'Save output', disabled: true }).waitFor();
  await run(page);
  await expect.poll(await search('two')).toBe('1 of 1');
});

test('each tab has its own screen', async () => {
  await open(writer([[1, 'the first\n']]));
  await run(page);
  await expect.poll(await search('the first')).toBe('1 of 1');
  await newTab(page, GREETER);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(await search('name?')).toBe('1 of 1');
  await expect.poll(await search('the first')).toBe('No match');
  await page
    .getByRole('tab', { name: /untitled\.wat/ })
    .first()
    .click();
  await expect.poll(await search('the first')).toBe('1 of 1');
});

/** Writes `blocks` times 64 KiB of lines, and then a last one. */
const flood = (blocks: number) => `(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 3)
  (data (i32.const 32) "the end\\n")
  (func $say (param i32 i32)
    (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1))
    (loop $rest
      (if (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
      (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.load (i32.const 8))))
      (i32.store (i32.const 4) (i32.sub (i32.load (i32.const 4)) (i32.load (i32.const 8))))
      (br_if $rest (i32.load (i32.const 4)))))
  (func (export "_start") (local $n i32)
    (memory.fill (i32.const 65536) (i32.const 121) (i32.const 65536))
    (local.set $n (i32.const 65536))
    (loop $line
      (local.set $n (i32.add (local.get $n) (i32.const 64)))
      (i32.store8 (i32.sub (local.get $n) (i32.const 1)) (i32.const 10))
      (br_if $line (i32.lt_u (local.get $n) (i32.const 131072))))
    (local.set $n (i32.const ${blocks}))
    (loop $again
      (call $say (i32.const 65536) (i32.const 65536))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))
    (call $say (i32.const 32) (i32.const 8))))`;

test('a page takes what a person does while a program writes without an end', async () => {
  await open(flood(2 ** 31 - 1));
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  // The output is longer than the console keeps, so the page has drawn it many times.
  await expect.poll(() => output.innerText()).toMatch(/MiB left out/);
  await write(page, ';; written meanwhile');
  await expect.poll(() => read(page)).toBe(';; written meanwhile');
  const first = await output.innerText();
  await expect.poll(() => output.innerText()).not.toBe(first);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect
    .poll(() => page.getByRole('status', { name: 'Last run' }).innerText())
    .toMatch(/stopped/i);
});

test('the saved output has all that a program wrote, also what came too fast to be shown', async () => {
  await open(flood(256));
  await run(page);
  await expect.poll(() => output.innerText()).toMatch(/MiB left out[^]*the end\n*$/);
  const download = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save output' }).click();
  const saved = readFileSync(await (await download).path(), 'utf8');
  const line = `${'y'.repeat(63)}\n`;
  expect(saved.length).toBe(256 * 65_536 + 8);
  expect(saved === `${line.repeat(256 * 1024)}the end\n`).toBe(true);
});

test('a program that writes a gigabyte does not fill the memory of the page', async () => {
  await open(flood(16_384));
  await run(page);
  await page.getByRole('button', { name: 'Clear console' }).click();
  const heap = async () => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };
  const before = await heap();
  await run(page);
  await expect.poll(() => output.innerText(), { timeout: 30_000 }).toMatch(/the end\n*$/);
  await expect.poll(await search('the end')).toBe('1 of 1');
  expect(await output.innerText()).toMatch(/^(102[34] MiB|1\.0 GiB) left out/);
  expect((await heap()) - before).toBeLessThan(64 << 20);
}, 300_000);
