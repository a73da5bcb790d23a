// Every layout at every size in every theme: axe finds nothing, and a sheet of pictures of each layout is made.
// `WATSHOP_UPDATE_SCREENSHOT=1 npm test -- page` puts new sheets into docs/layouts/.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { LAYOUTS } from '../../ui/src/values/layouts.ts';
import { violations } from './axe';
import { ROOT, Workshop } from './workshop';

const folder = join(
  ROOT,
  process.env.WATSHOP_UPDATE_SCREENSHOT ? 'docs/layouts' : 'test-results/layouts',
);
const workshop = new Workshop('without', null);

const SIZES = [
  [1920, 1080],
  [1440, 900],
  [1280, 720],
  [900, 700],
  [640, 400],
  [360, 740],
] as const;
const THEMES = ['light', 'dark', 'contrast'] as const;

/** A cell of the sheet, in pixels. */
const CELL = { width: 400, height: 260 };

const MODULE = `(module
  (memory (export "memory") 1)
  (data (i32.const 0) "Numbers to be sorted: 31 7 25 4")
  (func (export "add") (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func (export "put") (param $at i32) (param $value i32)
    (i32.store (local.get $at) (local.get $value))))`;

/** Puts pictures into one, a row for each theme and a column for each size, as a WebP. */
async function sheet(page: Page, pictures: string[]): Promise<Buffer> {
  const text = await page.evaluate(
    async ({ pictures, columns, cell }) => {
      const canvas = document.createElement('canvas');
      canvas.width = columns * cell.width;
      canvas.height = Math.ceil(pictures.length / columns) * cell.height;
      const pen = canvas.getContext('2d')!;
      pen.fillStyle = '#8884';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.imageSmoothingQuality = 'high';
      for (const [index, picture] of pictures.entries()) {
        const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const scale = Math.min((cell.width - 8) / bitmap.width, (cell.height - 8) / bitmap.height);
        const [x, y] = [(index % columns) * cell.width, Math.floor(index / columns) * cell.height];
        pen.drawImage(bitmap, x + 4, y + 4, bitmap.width * scale, bitmap.height * scale);
      }
      return canvas.toDataURL('image/webp', 0.7).split(',')[1]!;
    },
    { pictures, columns: SIZES.length, cell: CELL },
  );
  return Buffer.from(text, 'base64');
}

/** Chooses a theme: the system's, or that of high contrast, by its command. */
async function choose(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  if (theme !== 'contrast') return page.emulateMedia({ colorScheme: theme });
  await page.keyboard.press('ControlOrMeta+k');
  const dialog = page.getByRole('dialog', { name: 'Command palette' });
  await dialog.getByRole('combobox', { name: 'Command' }).fill('high contrast');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
}

test.each(Object.entries(LAYOUTS))(
  'axe finds nothing in the layout %s at any size in any theme',
  async (id, name) => {
    const page = await workshop.openOn(MODULE, {
      ran: true,
      context: {
        viewport: { width: 1920, height: 1080 },
        bypassCSP: true,
        reducedMotion: 'reduce',
      },
    });
    // The next test gets a page that was never as small as this one becomes.
    onTestFinished(() => page.context().close());
    await page.keyboard.press(`Alt+Shift+${Object.keys(LAYOUTS).indexOf(id) + 1}`);
    await page.locator('.dv-tab').first().waitFor();
    const pictures: string[] = [];
    for (const theme of THEMES) {
      await choose(page, theme);
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        // The dock and the toolbar follow in the next frames.
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
        );
        // As a text, so that the message has all of it.
        const found = (await violations(page)).join('\n');
        expect(found, `${name}, ${theme}, ${width}×${height}`).toBe('');
        pictures.push((await page.screenshot({ animations: 'disabled' })).toString('base64'));
      }
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${id}.webp`), await sheet(page, pictures));
  },
);
