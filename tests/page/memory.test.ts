// Linear memory, byte by byte: look, go, search, change, and watch it while the guest runs.

import { type Locator, type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Settings } from '../../ui/src/protocol.ts';
import { Workshop, call, newTab, run, show as showIn } from './workshop';

const workshop = new Workshop();
let page: Page;
let panel: Locator;
let grid: Locator;

const MODULE = `(module
  (memory (export "memory") 2 4)
  (global (export "here") i32 (i32.const 70000))
  (data $greeting (i32.const 1024) "Hello, memory")
  (data $double (i32.const 70000) "\\00\\00\\00\\00\\00\\00\\f8\\3f\\10\\04\\00\\00")
  (func (export "put") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func (export "get") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "spin") (loop (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1))) (br 0)))
  (func (export "grow") (result i32) (memory.grow (i32.const 1))))`;

/** A window with room for a screen of rows, as people have it who work with memory. */
const LARGE = {
  viewport: { width: 1800, height: 1300 },
  permissions: ['clipboard-read', 'clipboard-write'],
};

/** Opens the page on a module that has run, with its memory in front. */
async function begin(text = MODULE, pages?: number): Promise<void> {
  const settings = ({ limits }: Settings) =>
    pages ? { limits: { ...limits, memory_pages: pages } } : {};
  look(await workshop.openOn(text, { settings, ran: true, context: LARGE }));
  await show('Memory');
}

/** Makes a page the one that the test looks at. */
function look(at: Page): void {
  page = at;
  panel = page.getByRole('region', { name: 'Memory', exact: true });
  grid = panel.getByRole('grid', { name: 'Memory bytes', exact: true });
}

const show = (panel: string) => showIn(page, panel);

/** Goes to an address as a person would type it. */
async function goTo(text: string): Promise<void> {
  const field = panel.getByRole('textbox', { name: 'Go to address' });
  await field.fill(text);
  await field.press('Enter');
}

/** Returns the bytes of the row of an address, as the grid shows them. */
async function row(address: number): Promise<string> {
  const columns = (await grid.getByRole('columnheader').count()) - 2;
  const index = Math.floor(address / columns) + 2;
  const cells = await grid
    .locator(`[role=row][aria-rowindex="${index}"] [role=gridcell]`)
    .allInnerTexts();
  return cells.slice(0, -1).join(' ');
}

/**
 * Returns the visible cells without that of the cursor, or only that one: their texts, and the
 * pixels of the picture below.
 */
async function seen(cursor = false): Promise<{ text: string; changed: boolean; pixels: string }[]> {
  return grid.evaluate((element, cursor) => {
    const canvas = element.querySelector('canvas') as HTMLCanvasElement;
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    const probe = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    probe.fillStyle = getComputedStyle(canvas).getPropertyValue('--picture-warning-soft');
    probe.fillRect(0, 0, 1, 1);
    const ground = probe.getImageData(0, 0, 1, 1).data.join();
    const at = canvas.getBoundingClientRect();
    const frame = element.getBoundingClientRect();
    return [
      ...element.querySelectorAll('[role=row]:not([hidden]) > [role=gridcell]:not(.text)'),
    ].flatMap((cell) => {
      const { left, top, width, height } = cell.getBoundingClientRect();
      const isCursor = cell.id === element.getAttribute('aria-activedescendant');
      if (top + height > frame.bottom || isCursor !== cursor) return [];
      const { data } = pen.getImageData(left - at.left, top - at.top, width, height);
      // The pixels are inside of the frame of the cursor.
      const inside = 4 * (3 * Math.round(width) + 3);
      const changed = data.slice(inside, inside + 4).join() === ground;
      return [{ text: cell.textContent ?? '', changed, pixels: data.join() }];
    });
  }, cursor);
}

/** Returns the texts of the cells that are coloured as changed. */
const changed = async () =>
  [...(await seen()), ...(await seen(true))]
    .filter((cell) => cell.changed)
    .map((cell) => cell.text);

const status = () => panel.getByRole('status', { name: 'Memory status' }).innerText();
const active = async () =>
  page.locator(`[id="${await grid.getAttribute('aria-activedescendant')}"]`).innerText();

test('before anything runs, and without a memory, the panel teaches', async () => {
  look(await workshop.open(LARGE));
  await newTab(page, '(module (func (export "f")))');
  await show('Memory');
  expect(await panel.innerText()).toMatch(/Press Run/);
  await show('Timings');
  await run(page);
  await show('Memory');
  await expect.poll(() => panel.innerText()).toMatch(/exports no memory/);
});

test('the grid shows the bytes of a data segment, with their place', async () => {
  await begin();
  await goTo('data segment 0');
  await expect.poll(() => row(1024)).toMatch(/^48 65 6c 6c 6f 2c 20 6d 65 6d 6f 72 79 00 00 00$/);
  expect(await grid.getAttribute('aria-rowcount')).toBe(String(131_072 / 16 + 1));
  expect(await active()).toBe('48');
  const inspector = panel.getByRole('region', { name: 'Inspector' });
  expect(await inspector.innerText()).toContain('$greeting');
  expect(await inspector.getByRole('row', { name: /^UTF-8/ }).innerText()).toContain(
    'Hello, memory',
  );
});

test('the picture shows what the rows say, in both themes', async () => {
  await begin();
  const theme = page.getByRole('button', { name: 'Toggle theme' });
  const ground = async () => (await seen())[0]?.pixels ?? '';
  await goTo('0x3f0');
  for (let round = 0; round < 2; round++) {
    const before = await ground();
    await theme.click();
    await expect.poll(ground, { message: 'another theme has other colours' }).not.toBe(before);
    await expect.poll(() => row(1024)).toMatch(/^48 65/);
    const pictures = async () => {
      const of = new Map<string, Set<string>>();
      for (const { text, pixels } of await seen())
        of.set(text, (of.get(text) ?? new Set()).add(pixels));
      return [...of.values()].map((each) => [...each]);
    };
    // "Hello, memory" has nine different letters, and zeros around it. Each of the ten has one
    // picture of its own.
    await expect
      .poll(async () => (await pictures()).map((each) => each.length))
      .toEqual(Array(10).fill(1));
    expect(new Set((await pictures()).flat()).size).toBe(10);
  }
  await goTo('0');
});

test('the picture lies on its rows at a zoom where a row is no whole number of pixels', async () => {
  await begin();
  look(await workshop.open({ viewport: { width: 1800, height: 1300 }, deviceScaleFactor: 2 / 3 }));
  await show('Memory');
  const sizes = () =>
    grid.evaluate((element) => {
      const rows = [...element.querySelectorAll('[role=row]:not(.headings)')];
      const canvas = element.querySelector('canvas')?.getBoundingClientRect().height ?? 0;
      return { rows: rows.length, apart: Math.abs(canvas - 20 * rows.length) };
    });
  await expect.poll(async () => (await sizes()).rows).toBeGreaterThan(10);
  await expect.poll(async () => (await sizes()).apart).toBeLessThan(1);
});

test('an address can be a number, a global, a segment or a sum, and a wrong one says why', async () => {
  await begin();
  const field = panel.getByRole('textbox', { name: 'Go to address' });
  for (const [text, where] of [
    ['0x400', '00000400'],
    ['1025', '00000401'],
    ['global here', '00011170'],
    ['data segment 0 + 7', '00000407'],
    ['131071', '0001ffff'],
  ] as const) {
    await goTo(text);
    await expect.poll(status).toContain(`0x${where}`);
  }
  for (const [text, why] of [
    ['131072', /past the end/],
    ['9007199254740993', /past the end/],
    ['nowhere', /not an address/],
  ] as const) {
    await goTo(text);
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    expect(await panel.getByRole('alert').innerText()).toMatch(why);
  }
  await goTo('0');
  expect(await field.getAttribute('aria-invalid')).toBeNull();
});

test('the inspector reads the bytes exactly and follows a pointer', async () => {
  await begin();
  await goTo('global here');
  const inspector = panel.getByRole('region', { name: 'Inspector' });
  await expect
    .poll(() => inspector.getByRole('row', { name: /^f64/ }).innerText())
    .toContain('1.5');
  expect(await inspector.getByRole('row', { name: /^u64/ }).innerText()).toContain(
    '4609434218613702656',
  );
  await goTo('global here + 8');
  await inspector.getByRole('button', { name: 'Follow pointer 0x00000410' }).click();
  await expect.poll(status).toContain('0x00000410');
});

test('keys move the cursor, and G asks for an address', async () => {
  await begin();
  await goTo('0x400');
  await grid.focus();
  const where = async (key: string) => {
    await page.keyboard.press(key);
    return (await status()).slice(0, 10);
  };
  expect(await where('ArrowRight')).toBe('0x00000401');
  expect(await where('ArrowDown')).toBe('0x00000411');
  expect(await where('Home')).toBe('0x00000410');
  expect(await where('End')).toBe('0x0000041f');
  expect(await where('Control+End')).toBe('0x0001ffff');
  expect(await where('ArrowDown')).toBe('0x0001ffff');
  expect(await where('Control+Home')).toBe('0x00000000');
  expect(await where('PageDown')).not.toBe('0x00000000');
  await page.keyboard.press('g');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Go to address',
  );
});

test('a search finds text and numbers in both directions, and says when there is nothing', async () => {
  await begin();
  const field = panel.getByRole('textbox', { name: 'Search memory' });
  const kind = panel.getByRole('combobox', { name: 'Search for' });
  await goTo('0');
  await field.fill('memory');
  await field.press('Enter');
  await expect.poll(status).toContain('Found at 0x00000407');
  await kind.selectOption('64-bit float');
  await field.fill('1.5');
  await panel.getByRole('button', { name: 'Previous' }).click();
  await expect.poll(status).toMatch(/Found at 0x00011170, from the end again/);
  await field.fill('2.5');
  await field.press('Enter');
  await expect.poll(status).toContain('does not contain');
  // It is about that search, and goes with the next action.
  await field.press('Backspace');
  await expect.poll(status).not.toContain('does not contain');
  await field.fill('');
  await field.press('Enter');
  expect(await panel.getByRole('alert').innerText()).toContain('something to search for');
  await kind.selectOption('Hex');
  await field.fill('6d 6');
  await field.press('Enter');
  expect(await panel.getByRole('alert').innerText()).toContain('pairs');
});

test('typed digits and letters are in the memory of the guest, and undo takes them back', async () => {
  await begin();
  await goTo('2000');
  await grid.focus();
  await page.keyboard.type('ab0');
  await expect.poll(() => row(2000)).toMatch(/^ab 0[0-9a-f]/);
  await page.keyboard.type('7');
  await expect.poll(() => row(2000)).toMatch(/^ab 07/);
  await show('Timings');
  expect(await call(page, 'get', '2000')).toContain('171');
  await show('Memory');
  await grid.focus();
  await page.keyboard.press('Control+z');
  await expect.poll(() => row(2000)).toMatch(/^ab 00/);
  await page.keyboard.press('Control+z');
  await expect.poll(() => row(2000)).toMatch(/^00 00/);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => row(2000)).toMatch(/^ab 00/);

  await goTo('2016');
  await panel
    .getByRole('radiogroup', { name: 'Type as' })
    .getByRole('radio', { name: 'Text' })
    .click();
  await grid.focus();
  await page.keyboard.type('Go?');
  await expect.poll(() => row(2016)).toMatch(/^47 6f 3f/);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await panel
    .getByRole('radiogroup', { name: 'Type as' })
    .getByRole('radio', { name: 'Hex' })
    .click();
});

test('bytes are copied and pasted, filled, saved and loaded', async () => {
  await begin();
  await goTo('0x400');
  await grid.focus();
  for (let count = 0; count < 4; count++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Control+c');
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('48 65 6c 6c 6f');
  await goTo('3008');
  await grid.focus();
  await page.keyboard.press('Control+v');
  await expect.poll(() => row(3008)).toMatch(/^48 65 6c 6c 6f 00/);

  await panel.getByRole('button', { name: 'Range…' }).click();
  await panel.getByRole('textbox', { name: 'Range from' }).fill('3008');
  await panel.getByRole('textbox', { name: 'Range from' }).press('Enter');
  await panel.getByRole('textbox', { name: 'Range length' }).fill('4');
  await panel.getByRole('textbox', { name: 'Range length' }).press('Enter');
  await panel.getByRole('textbox', { name: 'Fill with' }).fill('de ad');
  await panel.getByRole('button', { name: 'Fill', exact: true }).click();
  await expect.poll(() => row(3008)).toMatch(/^de ad de ad 6f 00/);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Save range…' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('memory-00000bc0-4.bin');
  const bytes: Buffer[] = [];
  for await (const piece of await download.createReadStream()) bytes.push(piece as Buffer);
  expect(Buffer.concat(bytes).toString('hex')).toBe('deadde' + 'ad');

  await goTo('4000');
  const file = {
    name: 'some.bin',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from('from a file'),
  };
  await panel.getByLabel('File to load').setInputFiles(file);
  await expect.poll(status).toContain('Loaded 11 bytes at 0x00000fa0');
  await expect.poll(() => row(4000)).toMatch(/^66 72 6f 6d/);
  await goTo('131071');
  await panel.getByLabel('File to load').setInputFiles(file);
  await expect.poll(status).toContain('too long for the place');
});

test('a paste of 100 MB is refused with what to do instead', async () => {
  await begin();
  await goTo('0');
  await grid.focus();
  await grid.evaluate((element) => {
    const data = new DataTransfer();
    data.setData('text/plain', '00'.repeat(50 << 20));
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect.poll(status).toMatch(/more than the 16 MiB.*file/);
});

test('bytes change before the eyes while the guest runs, and it goes on running', async () => {
  await begin();
  await show('Timings');
  await page.getByRole('button', { name: 'Call spin', exact: true }).click();
  await show('Memory');
  await goTo('0');
  const first = await row(0);
  await expect.poll(() => row(0)).not.toBe(first);
  await expect.poll(async () => (await changed()).length).toBeGreaterThan(0);
  // The picture shows new values again and again, rather than the same ones read again. The
  // benchmark measures how often.
  await grid.evaluate(async (element) => {
    const canvas = element.querySelector('canvas') as HTMLCanvasElement;
    const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    const values = new Set<string>();
    while (values.size < 25) {
      values.add(pen.getImageData(0, 0, canvas.width, 20).data.join());
      await new Promise(requestAnimationFrame);
    }
  });
  // Bytes can be written meanwhile.
  await goTo('5008');
  await grid.focus();
  await page.keyboard.type('cd');
  await expect.poll(() => row(5008)).toMatch(/^cd/);
  await expect.poll(status).toContain('while the guest runs');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect
    .poll(() => page.getByRole('button', { name: 'Stop', exact: true }).isEnabled())
    .toBe(false);
});

test('changes since a mark and since the last call are found anywhere', async () => {
  await begin();
  const since = panel.getByRole('combobox', { name: 'Changes since' });
  await panel.getByRole('button', { name: 'Mark now' }).click();
  await expect.poll(() => since.inputValue()).toBe('mark');
  await show('Timings');
  await call(page, 'put', '100000', '1');
  await call(page, 'put', '120000', '2');
  await show('Memory');
  await goTo('0');
  await panel.getByRole('button', { name: 'Next change' }).click();
  await expect.poll(status).toContain('0x000186a0');
  await expect.poll(changed).toEqual(['01']);
  await panel.getByRole('button', { name: 'Next change' }).click();
  await expect.poll(status).toContain('0x0001d4c0');
  await since.selectOption('last call');
  await show('Timings');
  await call(page, 'put', '110000', '3');
  await show('Memory');
  await goTo('0');
  await panel.getByRole('button', { name: 'Next change' }).click();
  await expect.poll(status).toContain('0x0001adb0');
  await since.selectOption('last refresh');
  const strip = panel.getByRole('img', { name: /^All of the memory/ });
  await expect.poll(() => strip.getAttribute('aria-label')).toMatch(/[1-9]\d* changed/);
});

test('everything that differs from a snapshot is listed, and leads there', async () => {
  await begin();
  const differences = panel.getByRole('region', { name: 'Differences' });
  const list = differences.getByRole('table', { name: 'Differences list' });
  const rows = async () =>
    (await list.locator('tbody tr').allInnerTexts()).map((text) => text.split(/\s*\t\s*/));
  await panel.getByRole('button', { name: 'Differences…' }).click();
  await expect.poll(() => differences.innerText()).toContain('Mark now');
  await panel.getByRole('button', { name: 'Mark now' }).click();
  await expect.poll(() => differences.innerText()).toContain('Nothing differs since the mark.');
  await show('Timings');
  await call(page, 'put', '1024', '74');
  await call(page, 'put', '100000', '9');
  await call(page, 'put', '100001', '10');
  await show('Memory');
  await expect.poll(rows).toEqual([
    ['0x00000400', '1', '48', '4a'],
    ['0x000186a0', '2', '00 00', '09 0a'],
  ]);
  expect(await differences.innerText()).toContain('2 ranges differ since the mark, 3 bytes.');
  await list.getByRole('button', { name: 'Go to 0x000186a0' }).click();
  await expect.poll(status).toMatch(/0x000186a0\s+2 bytes selected/);
  await differences.getByRole('button', { name: 'Copy list' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('Address\tLength\tBefore\tNow\n0x00000400\t1\t48\t4a\n0x000186a0\t2\t00 00\t09 0a\n');
  // There are more than the list has, so the rest is counted.
  await panel.getByRole('button', { name: 'Range…' }).click();
  await goTo('8000');
  await panel.getByRole('textbox', { name: 'Range length' }).fill('2000');
  await panel.getByRole('textbox', { name: 'Range length' }).press('Enter');
  await panel.getByRole('textbox', { name: 'Fill with' }).fill('ff 00');
  await panel.getByRole('button', { name: 'Fill', exact: true }).click();
  await expect.poll(status).toContain('Filled 2000 bytes');
  await differences.getByRole('button', { name: 'Compare now' }).click();
  await expect
    .poll(() => differences.innerText())
    .toContain('1,002 ranges differ since the mark, 1,003 bytes.');
  expect(await list.locator('tbody tr').count()).toBe(500);
  expect(await differences.innerText()).toContain('502 ranges more');
});

test('the memory grows from here and from the guest, up to its maximum', async () => {
  await begin();
  await panel.getByRole('button', { name: 'Range…' }).click();
  const grow = panel.getByRole('button', { name: 'Grow', exact: true });
  await grow.click();
  await expect.poll(status).toContain('3 pages');
  await show('Timings');
  await call(page, 'grow');
  await show('Memory');
  await expect.poll(status).toContain('4 pages');
  await goTo('262143');
  await expect.poll(status).toContain('0x0003ffff');
  await grow.click();
  await expect.poll(status).toMatch(/4 pages.*cannot grow/);
});

test('a new instance has its own bytes, and a smaller one moves the cursor to its end', async () => {
  await begin();
  await goTo('2000');
  await grid.focus();
  await page.keyboard.type('ab');
  await expect.poll(() => row(2000)).toMatch(/^ab/);
  await panel.getByRole('button', { name: 'Range…' }).click();
  await panel.getByRole('button', { name: 'Grow', exact: true }).click();
  await expect.poll(status).toContain('3 pages');
  await goTo('196607');
  await show('Timings');
  await run(page);
  await show('Memory');
  await expect.poll(status).toMatch(/0x0001ffff.*2 pages/s);
  await goTo('2000');
  await expect.poll(() => row(2000)).toMatch(/^00 00/);
});

test('an empty memory says so, and can be made larger', async () => {
  await begin('(module (memory (export "memory") 0))');
  await expect.poll(() => panel.innerText()).toMatch(/no pages/);
  await goTo('0');
  expect(await panel.getByRole('alert').first().innerText()).toMatch(/empty/);
  await panel.getByRole('button', { name: 'Range…' }).click();
  await panel.getByRole('button', { name: 'Grow', exact: true }).click();
  await expect.poll(status).toContain('1 page');
  await goTo('65535');
  await expect.poll(() => row(65_535)).toMatch(/^00 00/);
});

/**
 * Returns the lines of the grid: the number of each line's first row, its address, and the text of
 * a fold.
 */
const lines = () =>
  grid.locator('[role=row]:not([aria-rowindex="1"]):visible').evaluateAll((rows) =>
    rows.map((row) => {
      const fold = row.querySelector<HTMLElement>('[aria-colspan]');
      const address = row.querySelector('[role=rowheader]')?.textContent;
      return [row.getAttribute('aria-rowindex'), address, ...(fold ? [fold.innerText] : [])].join(
        ' ',
      );
    }),
  );

test('rows that are as the one above are folded into one line, which opens', async () => {
  await begin();
  await goTo('0');
  const fold = panel.getByRole('button', { name: 'Fold same rows' });
  await fold.click();
  expect(await fold.getAttribute('aria-pressed')).toBe('true');
  const folded = [
    '2 00000000',
    '3 00000010 * 63 rows the same as above, 1,008 bytes',
    '66 00000400',
    '67 00000410',
    '68 00000420 * 4,309 rows the same as above, 68,944 bytes',
    '4377 00011170',
    '4378 00011180',
    '4379 00011190 * 3,815 rows the same as above, 61,040 bytes',
  ];
  await expect.poll(lines).toEqual(folded);
  // Folded rows count, and have their numbers.
  expect(await grid.getAttribute('aria-rowcount')).toBe(String(131_072 / 16 + 1));

  // A fold is one step for the keyboard.
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(active).toMatch(/^\* 63 rows/);
  await page.keyboard.press('ArrowDown');
  await expect.poll(active).toBe('48');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await lines()).slice(0, 3))
    .toEqual(['2 00000000', '3 00000010', '4 00000020']);
  await expect.poll(active).toBe('00');
  await page.keyboard.press('Enter');
  await expect.poll(lines).toEqual(folded);

  // A click opens a fold. Going to one of its rows opens that row, with some around it.
  await grid.getByText('63 rows').click();
  await expect.poll(async () => (await lines())[1]).toBe('3 00000010');
  await goTo('50000');
  await expect.poll(() => row(50_000)).toMatch(/^00 00/);
  await expect
    .poll(lines)
    .toContainEqual(expect.stringContaining('* 1,242 rows the same as above, 19,872 bytes'));
  await fold.click();
  await expect.poll(async () => (await lines()).join()).not.toContain('*');
  await expect.poll(lines).toContainEqual('3127 0000c350');
});

test('what is folded shows itself again once it changes, and other columns have other folds', async () => {
  await begin();
  const fold = panel.getByRole('button', { name: 'Fold same rows' });
  await fold.click();
  await goTo('0');
  await expect.poll(lines).toContainEqual(expect.stringContaining('68,944 bytes'));
  await show('Timings');
  await call(page, 'put', '60000', '9');
  await show('Memory');
  await expect.poll(lines).toContainEqual('3752 0000ea60');
  await expect.poll(() => row(60_000)).toMatch(/^09 00/);
  // Typing into a fold shows its row.
  await goTo('0x420');
  await grid.focus();
  await page.keyboard.press('Enter');
  await expect.poll(active).toMatch(/^\*/);
  await page.keyboard.type('ee');
  await expect.poll(() => row(0x420)).toMatch(/^ee 00/);
  await page.keyboard.press('Control+z');
  await expect.poll(() => row(0x420)).toMatch(/^00 00/);
  await page.keyboard.press('Enter');
  await expect.poll(active).toMatch(/^\*/);
  await panel.getByRole('combobox', { name: 'Columns' }).selectOption('32');
  await goTo('0');
  await expect
    .poll(async () => (await lines())[1])
    .toBe('3 00000020 * 31 rows the same as above, 992 bytes');
  await panel.getByRole('combobox', { name: 'Columns' }).selectOption('16');
  await fold.click();
});

test('a memory that the module imports is looked into like one that it exports', async () => {
  look(await workshop.open(LARGE));
  await newTab(
    page,
    `(module (import "env" "mem" (memory 1))
       (func (export "put") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))`,
  );
  await show('Imports');
  await page.getByRole('button', { name: 'Provide all', exact: true }).click();
  await show('Imports');
  await show('Exports');
  await show('Timings');
  await run(page);
  await call(page, 'put', '5', '171');
  await show('Memory');
  await goTo('0');
  await expect.poll(() => row(0)).toMatch(/^00 00 00 00 00 ab 00/);
  await grid.focus();
  await page.keyboard.type('cd');
  await expect.poll(() => row(0)).toMatch(/^cd 00 00 00 00 ab 00/);
});

const FOUR_GIBIBYTES = `(module (memory (export "memory") 65536)
  (data (i32.const -16) "the end")
  (func (export "put") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))`;

test('four gibibytes are scrolled exactly by row, and searched', async () => {
  look(await workshop.open(LARGE));
  await newTab(page, FOUR_GIBIBYTES);
  await show('Settings');
  const limit = page.getByRole('spinbutton', { name: 'Memory, in pages' });
  await limit.fill('65536');
  await limit.press('Enter');
  await show('Exports');
  await show('Timings');
  await run(page);
  await show('Memory');
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(2 ** 32 / 16 + 1));
  const first = async () => (await grid.getByRole('rowheader').first().innerText()).trim();
  for (const address of ['80000000', '7fffff00', 'c0000010']) {
    await goTo(`0x${address}`);
    await expect.poll(() => grid.getByRole('rowheader').allInnerTexts()).toContain(address);
    await grid.hover();
    const before = Number.parseInt(await first(), 16);
    await page.mouse.wheel(0, 20 * 7);
    await expect.poll(async () => Number.parseInt(await first(), 16) - before).toBe(7 * 16);
  }
  const search = panel.getByRole('textbox', { name: 'Search memory' });
  await search.fill('the end');
  await search.press('Enter');
  await expect.poll(status, { timeout: 20_000 }).toContain('Found at 0xfffffff0');
  await expect.poll(() => row(0xfffffff0)).toMatch(/^74 68 65/);
  // The scrollbar goes to the very end and back.
  await grid.evaluate((element) => (element.scrollTop = 0));
  await expect.poll(first).toBe('00000000');
});

test('four gibibytes with little in them are a few lines when same rows are folded', async () => {
  await begin(FOUR_GIBIBYTES, 65_536);
  const fold = panel.getByRole('button', { name: 'Fold same rows' });
  await fold.click();
  await expect
    .poll(lines, { timeout: 20_000 })
    .toEqual([
      '2 00000000',
      '3 00000010 * 268,435,454 rows the same as above, 4,294,967,264 bytes',
      '268435457 fffffff0',
    ]);
  await show('Timings');
  await call(page, 'put', String(2 ** 31), '7');
  await show('Memory');
  await expect
    .poll(lines, { timeout: 20_000 })
    .toEqual([
      '2 00000000',
      '3 00000010 * 134,217,727 rows the same as above, 2,147,483,632 bytes',
      '134217730 80000000',
      '134217731 80000010',
      '134217732 80000020 * 134,217,725 rows the same as above, 2,147,483,600 bytes',
      '268435457 fffffff0',
    ]);
  // An open fold has all of its rows, and the scrollbar reaches each.
  await grid.getByText('134,217,727 rows').click();
  await goTo('0x40000000');
  await expect.poll(lines).toContainEqual('67108866 40000000');
  await fold.click();
});

test('a data segment behind the first 2 GiB is there', async () => {
  const page = await workshop.openOn(
    '(module (memory (export "memory") 65536) (data (i32.const 0x80000000) "x")\n' +
      '  (func (export "at") (result i32) (i32.load8_u (i32.const 0x80000000))))',
    {
      settings: ({ limits }) => ({ limits: { ...limits, memory_pages: 65_536 } }),
      ran: true,
    },
  );
  await page.getByRole('button', { name: 'Call at', exact: true }).click();
  await page.getByRole('status', { name: 'Result of at' }).filter({ hasText: '120' }).waitFor();
});

test('two views show two places of the memory', async () => {
  await begin();
  await panel.getByRole('button', { name: 'Two views' }).click();
  const second = panel.getByRole('grid', { name: 'Memory bytes, second view' });
  await second.waitFor();
  await expect.poll(() => second.getByRole('rowheader').first().innerText()).toBe('00000000');
  await panel.getByRole('button', { name: 'One view' }).click();
  await expect.poll(() => second.count()).toBe(0);
});
