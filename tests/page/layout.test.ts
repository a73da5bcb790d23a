// The places of the panels are the person's own, and stay so in a version with other panels.

import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ask } from './contract';
import { Workshop, show } from './workshop';

const workshop = new Workshop();

/** A part of a layout in dockview's form: a branch of parts, or a leaf of panels. */
interface Part {
  type: 'branch' | 'leaf';
  data: Part[] & { views: string[]; activeView?: string };
}
interface Layout {
  grid: { root: Part };
  panels: { [id: string]: object };
}
interface KeptLayout {
  places: { engineer: Layout };
}

/** Returns the leaves of a part. */
const leaves = (part: Part): Part[] => (part.type === 'leaf' ? [part] : part.data.flatMap(leaves));

/** Returns the preferences in the workbench, once they have a panel in front. */
async function keptWith(front: string): Promise<KeptLayout> {
  const read = () =>
    ask(workshop.address, async (client) => (await client['workbench.hello']({})).ui ?? 'null');
  await expect.poll(read).toContain(`"activeView":"${front}"`);
  return JSON.parse(await read()) as KeptLayout;
}

const panels = async (page: Page) =>
  (await page.locator('.dv-tab').allInnerTexts()).map((text) => text.trim()).sort();

test('a panel that is new to a kept layout is added to it, and one that is gone is left out', async () => {
  const first = await workshop.open();
  const all = await panels(first);
  await show(first, 'Settings');
  await show(first, 'Memory');
  const kept = await keptWith('settings');
  await first.context().close();

  // The layout is changed to that of a version without these two panels, and with another.
  const { grid, panels: listed } = kept.places.engineer;
  for (const id of ['calls', 'wasi']) delete listed[id];
  for (const { data } of leaves(grid.root))
    data.views = data.views.filter((id) => !['calls', 'wasi'].includes(id));
  leaves(grid.root)[0]!.data.views.push('of_another_version');
  listed['of_another_version'] = {
    id: 'of_another_version',
    contentComponent: 'of_another_version',
    title: 'Other',
  };
  await ask(workshop.address, (client) =>
    client['workbench.save_ui']({ ui: JSON.stringify(kept) }),
  );

  const page = await workshop.open();
  await expect.poll(() => panels(page)).toEqual(all);
  // The panels in front still are. Only this shows that the layout is the kept one.
  for (const name of ['Settings', 'Memory']) {
    expect(await page.getByRole('tab', { name, selected: true }).count(), name).toBe(1);
  }
  await show(page, 'Calls');
  await page.getByRole('region', { name: 'Calls', exact: true }).waitFor();
});

test('a layout that cannot be read is replaced by the first one', async () => {
  const places = { engineer: { grid: 'none', panels: {} } };
  const ui = JSON.stringify({ version: 1, layout: 'engineer', places });
  await ask(workshop.address, (client) => client['workbench.save_ui']({ ui }));
  const page = await workshop.open();
  await page.getByRole('textbox', { name: 'WAT source' }).waitFor();
  await show(page, 'Settings');
});
