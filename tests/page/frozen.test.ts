// A runner and a compiler that something has frozen.

import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Workshop, call, run, show, write } from './workshop';

const workshop = new Workshop();

const TEXT = `(module (memory (export "memory") 200)
  (func (export "answer") (result i32) (i32.const 42)))`;

test('a runner that does not answer is told by its number, with a button that ends it', async () => {
  const page = await workshop.openOn(TEXT, { ran: true });
  await show(page, 'Memory');
  const grid = page.getByRole('grid', { name: 'Memory bytes', exact: true });
  await grid.waitFor();
  const runner = childOf(workshop.process, 'watshop-runner');
  process.kill(runner, 'SIGSTOP');
  await grid.click();
  await page.keyboard.press('ControlOrMeta+End');
  const notice = page.getByRole('alert').filter({ hasText: `process ${runner}` });
  await notice.getByText('Press End it, or Stop in the toolbar').waitFor({ timeout: 30_000 });
  await notice.getByRole('button', { name: 'End it' }).click();
  await expect.poll(() => isGone(runner)).toBe(true);
  await show(page, 'Timings');
  await run(page);
  await show(page, 'Exports');
  expect(await call(page, 'answer')).toContain('42');
});

test('a compiler that does not answer is told by its number, with a button that ends it', async () => {
  const page = await workshop.openOn(TEXT, { ran: true });
  const compiler = childOf(workshop.process, 'watshop-compiler-cranelift');
  process.kill(compiler, 'SIGSTOP');
  await write(page, TEXT.replace('42', '43'));
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const notice = page.getByRole('alert').filter({ hasText: `Cranelift (process ${compiler})` });
  await notice.getByRole('button', { name: 'End it' }).click({ timeout: 30_000 });
  await expect.poll(() => isGone(compiler)).toBe(true);
  await run(page);
  await show(page, 'Exports');
  expect(await call(page, 'answer')).toContain('43');
});

/** The one child of this name that a workbench has started. */
function childOf(workbench: number, name: string): number {
  const found = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && parentOf(pid) === workbench)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(name));
  expect(found).toHaveLength(1);
  return found[0]!;
}

function parentOf(pid: number): number | null {
  try {
    const [, rest] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    return Number(rest!.split(' ')[1]);
  } catch {
    return null;
  }
}

function isGone(pid: number): boolean {
  return parentOf(pid) === null;
}
