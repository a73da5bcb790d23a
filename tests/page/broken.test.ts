// What a panel cannot show breaks that panel alone.

import { type Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type TabView } from '../../ui/src/protocol.ts';
import { PANELS } from '../../ui/src/values/panels.ts';
import { Workshop, call, newTab, run, show } from './workshop';

const workshop = new Workshop();
const TEXT = '(module (memory (export "m") 1) (func (export "one") (result i32) (i32.const 1)))';

/** What no workbench says, for each panel that shows something of it. */
const NONSENSE: [panel: string, Partial<Record<keyof TabView, unknown>>][] = [
  [PANELS.module, { module: {} }],
  [PANELS.exports, { instance: { generation: 1, revision: 1, exports: [{}] } }],
  [
    PANELS.memory,
    { instance: { generation: 1, revision: 1, exports: null, memories: [null, null] } },
  ],
  [PANELS.timings, { history: [{}] }],
  [PANELS.problems, { report: { record: { kind: 'run' }, outcome: { outcome: 'failed' } } }],
  [PANELS.artifact, { report: { record: { kind: 'run' }, outcome: { outcome: 'built' } } }],
  [PANELS.settings, { settings: { limits: null, wasi: {}, imports: {} } }],
  [PANELS.wasi, { settings: { limits: {}, wasi: null, imports: {} } }],
  [PANELS.imports, { settings: { limits: {}, wasi: {}, imports: null } }],
  [PANELS.target, { settings: { limits: {}, wasi: {}, imports: {}, target: {} } }],
];

test.each(NONSENSE)('nonsense in %s breaks no other panel', async (panel, nonsense) => {
  const page = await workshop.openOn(TEXT, { ran: true });
  await breakWith(page, nonsense);
  await page.getByRole('tab', { name: new RegExp(`^${panel}( \\d+)?$`) }).click();
  // It says so, or shows the rest.
  await page.getByRole('region', { name: panel, exact: true }).waitFor();
  await newTab(page, TEXT);
  await show(page, PANELS.timings);
  await run(page);
  await show(page, PANELS.exports);
  expect(await call(page, 'one')).toContain('1');
  // The next test must not have its line.
  await page.context().close();
});

/** Opens the page again with other things in the first view of its tab. */
async function breakWith(page: Page, nonsense: object): Promise<void> {
  let broken = false;
  // The page may complain of it. The test is about whether it goes on.
  page.removeAllListeners('pageerror');
  await page.routeWebSocket(/\/ws/, (socket) => {
    const server = socket.connectToServer();
    let wanted: number | undefined;
    socket.onMessage((message) => {
      const { id, method } = JSON.parse(String(message)) as { id: number; method: string };
      if (method === 'tab.get' && !broken) wanted = id;
      server.send(message);
    });
    server.onMessage((message) => {
      const reply = JSON.parse(String(message)) as { id?: number; ok?: object };
      if (reply.id === undefined || reply.id !== wanted) return socket.send(message);
      broken = true;
      socket.send(JSON.stringify({ ...reply, ok: { ...reply.ok, ...nonsense } }));
    });
  });
  await page.reload();
  await page.getByRole('tablist', { name: 'Open tabs' }).waitFor();
  await expect.poll(() => broken).toBe(true);
}
