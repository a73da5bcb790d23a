// The palette finds what people mean, and what can be done now comes first.

import { expect, test } from 'vitest';
import { command } from './command';
import { Workshop } from './workshop';

const workshop = new Workshop();

test.each([
  ['light', 'Toggle theme'],
  ['dark', 'Toggle theme'],
  ['wrap', 'Wrap long lines, or take that back'],
  ['rename', 'Rename tab'],
  ['zoom', 'Maximise the panel, or take that back'],
  ['tour', 'Tour of Watshop'],
])('%s finds %s, which can be done at once', async (letters, title) => {
  const page = await workshop.open();
  await page.keyboard.press('ControlOrMeta+k');
  const dialog = page.getByRole('dialog', { name: 'Command palette' });
  await dialog.getByRole('combobox', { name: 'Command' }).fill(letters);
  await dialog.getByRole('option', { name: title }).waitFor();
  const chosen = dialog.getByRole('option', { selected: true });
  expect(await chosen.getAttribute('aria-disabled')).not.toBe('true');
  await expect.poll(() => dialog.getByRole('option').allInnerTexts()).not.toHaveLength(0);
});

test('stop, while nothing runs, does not begin with something else that is done', async () => {
  const page = await workshop.open();
  await page.keyboard.press('ControlOrMeta+k');
  const dialog = page.getByRole('dialog', { name: 'Command palette' });
  await dialog.getByRole('combobox', { name: 'Command' }).fill('stop');
  const titles = () => dialog.getByRole('option').allInnerTexts();
  await expect.poll(titles).toEqual([expect.stringMatching(/^Stop/)]);
});

test('tab lists nothing that cannot be done before what can', async () => {
  const page = await workshop.open();
  await page.keyboard.press('ControlOrMeta+k');
  const dialog = page.getByRole('dialog', { name: 'Command palette' });
  await dialog.getByRole('combobox', { name: 'Command' }).fill('tab');
  const group = dialog.getByRole('group').filter({ hasText: 'Go to tab 3' });
  const order = async () => {
    const rows = (await group.getByRole('option').all()).map(async (row) => ({
      at: (await row.boundingBox())?.y ?? 0,
      off: (await row.getAttribute('aria-disabled')) === 'true',
    }));
    return (await Promise.all(rows)).toSorted((a, b) => a.at - b.at).map(({ off }) => off);
  };
  await expect.poll(async () => (await order()).includes(true)).toBe(true);
  const rows = await order();
  expect(rows).toEqual(rows.toSorted((a, b) => Number(a) - Number(b)));
  expect(rows[0]).toBe(false);
});

test('a command that shows a panel brings the keyboard into it', async () => {
  const page = await workshop.open();
  const part = () =>
    page.evaluate(
      () => document.activeElement?.closest<HTMLElement>('[data-part]')?.dataset.part ?? '',
    );
  await page.getByRole('textbox', { name: 'WAT source' }).click();
  await page.keyboard.press('Alt+o');
  await expect.poll(part).toBe('exports');
  await page.keyboard.press('Alt+l');
  await expect.poll(part).toBe('calls');
  await command(page, 'Show Source');
  await expect.poll(part).toBe('editor');
});

test('the tour has six steps, shows the panels, can be left, and is found again', async () => {
  const page = await workshop.open();
  await page.getByRole('button', { name: 'New here? Take the tour' }).click();
  const tour = page.getByRole('dialog', { name: 'Tour of Watshop' });
  for (let step = 1; step < 6; step++) {
    await tour.getByText(`Step ${step} of 6`).waitFor();
    await tour.getByRole('button', { name: 'Next' }).click();
  }
  await tour.getByText('Step 6 of 6').waitFor();
  await tour.getByRole('button', { name: 'Done' }).click();
  await tour.waitFor({ state: 'hidden' });
  // Who has seen it is not asked again.
  expect(await page.getByRole('button', { name: 'New here? Take the tour' }).count()).toBe(0);
  await page.keyboard.press('ControlOrMeta+k');
  const dialog = page.getByRole('dialog', { name: 'Command palette' });
  await dialog.getByRole('combobox', { name: 'Command' }).fill('tour');
  await page.keyboard.press('Enter');
  await tour.getByText('Step 1 of 6').waitFor();
  await page.keyboard.press('Escape');
  await tour.waitFor({ state: 'hidden' });
});
