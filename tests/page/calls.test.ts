// The record of the calls of host functions.

import { beforeEach, expect, test } from 'vitest';
import {
  begin,
  page,
  calls,
  show,
  field,
  choice,
  open,
  provide,
  runAndShow,
} from './imports-panel';
import { call } from './workshop';

beforeEach(begin);

test('every call of a host function is recorded, found, paused, cleared, and replayed', async () => {
  await open(`(module
    (import "env" "next" (func $next (result i64)))
    (import "env" "log" (func $log (param i32 i32)))
    (memory (export "memory") 1)
    (data (i32.const 16) "hello")
    (func (export "go") (result i64) (call $log (i32.const 16) (i32.const 5)) (call $next)))`);
  await provide('env.next', 'Random');
  await provide('env.log', 'Read a string');
  await choice('Length of env.log').selectOption({ label: 'parameter 1 (i32)' });
  await runAndShow();
  const first = await call(page, 'go');
  // The guest's output brings the console to the front.
  await expect.poll(() => page.getByRole('log', { name: 'Output' }).innerText()).toContain('hello');
  const rows = calls.getByRole('table', { name: 'Host calls' }).locator('tbody tr[aria-rowindex]');
  const texts = async () => {
    await show('Calls');
    return rows.allInnerTexts();
  };
  await expect.poll(async () => (await texts()).length).toBe(2);
  const [log, next] = await texts();
  expect(log).toMatch(/env\.log\s+16, 5[\s\S]*memory 0x10 \+5: "hello"/);
  const random = /-?\d{6,}/.exec(first)![0];
  expect(next).toContain(random);

  const filter = calls.getByRole('searchbox', { name: 'Filter calls' });
  await filter.fill('next');
  await expect.poll(() => rows.count()).toBe(1);
  await filter.fill('');

  const replay = calls.getByRole('button', { name: 'Replay' });
  await replay.click();
  await expect
    .poll(() => calls.getByRole('status', { name: 'Calls state' }).innerText())
    .toContain('2 recorded calls');
  await show('Imports');
  await field('Seed of env.next').fill('99');
  await runAndShow();
  expect(await call(page, 'go')).toContain(random);
  await expect.poll(async () => (await texts())[0]).toContain('replayed');
  expect(await calls.getByRole('status', { name: 'Calls state' }).innerText()).toContain(
    'This Run was answered from 2 recorded calls. The next one will be too.',
  );
  expect(await call(page, 'go')).toMatch(/env\.(log|next)/);
  await show('Calls');
  await replay.click();
  await expect.poll(() => replay.getAttribute('aria-pressed')).toBe('false');

  await calls.getByRole('button', { name: 'Clear calls' }).click();
  await expect.poll(async () => (await texts()).length).toBe(0);
  const pause = calls.getByRole('button', { name: 'Pause' });
  await pause.click();
  await expect.poll(() => pause.getAttribute('aria-pressed')).toBe('true');
  await runAndShow();
  expect(await call(page, 'go')).not.toContain(random);
  expect(await texts()).toEqual([]);
  await pause.click();
});

test('a million calls are recorded in a list that is bounded and can be gone through', async () => {
  await open(`(module (import "env" "f" (func $f (param i32)))
    (func (export "go") (local $i i32)
      (loop $l (call $f (local.get $i))
        (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000000))))))`);
  await provide('env.f', 'Return a value');
  await runAndShow();
  await call(page, 'go');
  await show('Calls');
  const table = calls.getByRole('table', { name: 'Host calls' });
  await expect
    .poll(() => table.getByRole('row').last().innerText())
    .toMatch(/1000000[\s\S]*env\.f\s+999999/);
  expect(await table.getAttribute('aria-rowcount')).toBe('10001');
  expect(await table.getByRole('row').count()).toBeLessThan(200);
  expect(await calls.getByRole('status', { name: 'Calls state' }).innerText()).toMatch(
    /1,000,000 calls.*990,000 are gone/,
  );
});

test('a list of calls that grew while it was away is at its end, and one that was scrolled stays there', async () => {
  await open(`(module (import "env" "f" (func $f (param i32)))
    (func (export "go") (local $i i32)
      (loop $l (call $f (local.get $i))
        (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 900))))))`);
  await provide('env.f', 'Return a value');
  await runAndShow();
  await show('Calls');
  // The dock takes the panel out of the document, so the test asks the element itself whether the
  // calls were read.
  const status = await calls.getByRole('status', { name: 'Calls state' }).elementHandle();
  await show('Problems');
  await call(page, 'go');
  await expect.poll(() => status!.textContent()).toContain('900 calls');
  await show('Calls');
  const list = calls.getByRole('group', { name: 'Calls table' });
  const rows = calls.getByRole('table', { name: 'Host calls' }).locator('tbody tr[aria-rowindex]');
  await expect.poll(() => rows.last().innerText()).toMatch(/^900\s/);

  await list.evaluate((element) => (element.scrollTop = 24 * 400));
  await expect.poll(async () => (await rows.last().innerText()).startsWith('900')).toBe(false);
  const seen = await rows.last().innerText();
  await show('Problems');
  await call(page, 'go');
  await expect.poll(() => status!.textContent()).toContain('1,800 calls');
  await show('Calls');
  await expect.poll(() => rows.last().innerText()).toBe(seen);
});
