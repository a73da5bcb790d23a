// A module that is too large to be one text: its tab is there at once.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violations } from './axe';
import { Workshop } from './workshop';

const workshop = new Workshop('without', null);

const COUNT = 1200;
const NOPS = 300;

function u32(value: number): number[] {
  const low = value & 0x7f;
  return value > 0x7f ? [low | 0x80, ...u32(value >>> 7)] : [low];
}

/** Returns a module of 1200 functions, of which the last is exported and the longest. */
function large(): Buffer {
  const section = (id: number, content: number[]) => [id, ...u32(content.length), ...content];
  const body = (nops: number) => {
    const code = [0, ...new Array<number>(nops).fill(1), 0x0b];
    return [...u32(code.length), ...code];
  };
  const name = [...Buffer.from('longest')];
  return Buffer.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [...u32(COUNT), ...new Array<number>(COUNT).fill(0)]),
    ...section(7, [1, name.length, ...name, 0, ...u32(COUNT - 1)]),
    ...section(10, [
      ...u32(COUNT),
      ...Array.from({ length: COUNT - 1 }, () => body(NOPS)).flat(),
      ...body(NOPS + 9),
    ]),
  ]);
}

async function open(page: Page): Promise<void> {
  page.once('filechooser', (chooser) => {
    void chooser.setFiles({
      name: 'large.wasm',
      mimeType: 'application/wasm',
      buffer: large(),
    });
  });
  await page.getByRole('button', { name: 'Open files' }).click();
  await page.getByRole('tab', { name: /large\.wasm/ }).waitFor();
}

test('a file that is opened is in the row of tabs before its bytes are there', async () => {
  const page = await workshop.open();
  await page.evaluate(() => {
    // The row is looked at before each painting, as the file may be there in the next moment.
    const row = document.querySelector('[data-part="tabs"]')!;
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const sign = row.querySelector('progress');
      const tabs = [...row.querySelectorAll('[role="tab"]')].map((tab) => tab.textContent);
      if (sign && !tabs.some((text) => text.includes('large.wasm')))
        seen.push(sign.getAttribute('aria-label')!);
    }).observe(row, { childList: true, subtree: true });
  });
  await open(page);
  expect(await page.evaluate(() => (window as never as { seen: string[] }).seen)).toContain(
    'Opening large.wasm',
  );
  await expect.poll(() => page.getByRole('progressbar').count()).toBe(0);
});

test('a function of a module that is too large for text is found and read', async () => {
  const page = await workshop.open({ bypassCSP: true });
  await open(page);
  const functions = page.getByRole('region', { name: 'Functions' });
  const list = functions.getByRole('listbox', { name: 'Functions' });
  await expect.poll(() => list.getByRole('option').count()).toBe(1000);
  await functions.getByText('Choose a function').waitFor();

  await functions.getByRole('button', { name: /Show more \(1,000 of 1,200/ }).click();
  await expect.poll(() => list.getByRole('option').count()).toBe(COUNT);

  await functions.getByRole('searchbox', { name: 'Search functions' }).fill('longest');
  await expect.poll(() => list.getByRole('option').count()).toBe(1);
  await list.getByRole('option', { name: /"longest"/ }).click();
  const text = functions.getByRole('textbox', { name: /^Text of "longest"/ });
  await text.waitFor();
  expect(await text.innerText()).toContain(`(func (;${COUNT - 1};) (type 0)`);
  expect(await text.getAttribute('aria-readonly')).toBe('true');

  await functions.getByRole('searchbox').fill('');
  await expect.poll(() => list.getByRole('option').count()).toBe(1000);
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await functions.getByRole('textbox', { name: 'Text of function 1' }).waitFor();
  expect(await list.locator('[aria-selected="true"]').innerText()).toContain('function 1');
  expect(await violations(page)).toEqual([]);
});
