import { describe, expect, it } from 'vitest';
import type { App } from '../state/app.svelte.ts';
import type { Tab } from '../state/tab.svelte.ts';
import { saveOutput, type Saving } from './save.ts';

const PART = 4;
const tab = { id: 3, summary: { title: 'loop.wat' } } as Tab;

/** Returns an app whose tab has written this, of which the first `dropped` bytes are gone. */
function appWith(written: string, dropped = 0, grow = '') {
  let all = written;
  const given: { name: string; text: string }[] = [];
  const told: string[] = [];
  const asked: number[] = [];
  const app = {
    client: {
      'tab.output': ({ at }: { at: number }) => {
        asked.push(at);
        const from = Math.max(at, dropped);
        const bytes = new TextEncoder().encode(all.slice(from, from + PART));
        const reply = { at: from, end: all.length };
        all += grow;
        return Promise.resolve({ reply, bytes });
      },
      'tab.save_output': () => Promise.resolve({ bytes: 7, dropped: 2 }),
    },
    platform: {
      hostFiles: null as unknown,
      giveFile: async (name: string, _: string, contents: Blob) =>
        void given.push({ name, text: await contents.text() }),
    },
    notices: { info: (text: string) => void told.push(text) },
  };
  return { app: app as unknown as App, platform: app.platform, given, told, asked };
}

function saving(cancel = new AbortController()): Saving & { parts: number[] } {
  const parts: number[] = [];
  return { parts, signal: cancel.signal, progress: (part) => void parts.push(part) };
}

describe('saving the output', () => {
  it('collects all parts and tells how far it is', async () => {
    const { app, given, told } = appWith('0123456789');
    const how = saving();
    await saveOutput(app, tab, how);
    expect(given).toEqual([{ name: 'loop-output.txt', text: '0123456789' }]);
    expect(how.parts).toEqual([0.4, 0.8, 1]);
    expect(told).toEqual([]);
  });

  it('ends where the output ended at the press, if a program goes on', async () => {
    const { app, given, asked } = appWith('01234567', 0, 'x'.repeat(100));
    await saveOutput(app, tab, saving());
    expect(asked).toEqual([0, 4]);
    expect(given[0]?.text).toBe('01234567');
  });

  it('tells of bytes that are no longer kept', async () => {
    const { app, given, told } = appWith('0123456789', 6);
    await saveOutput(app, tab, saving());
    expect(given[0]?.text).toBe('6789');
    expect(told[0]).toContain('6 bytes before them');
  });

  it('tells of it if nothing is kept any more', async () => {
    const { app, given, told } = appWith('0123456789', 10);
    await saveOutput(app, tab, saving());
    expect(given[0]?.text).toBe('');
    expect(told[0]).toContain('10 bytes before them');
  });

  it('gives no file if it is cancelled', async () => {
    const { app, given, asked } = appWith('0123456789');
    const cancel = new AbortController();
    const how = { signal: cancel.signal, progress: () => cancel.abort() };
    await saveOutput(app, tab, how);
    expect([asked, given]).toEqual([[0], []]);
  });

  it('gives an empty file after the console was emptied', async () => {
    const { app, given } = appWith('');
    await saveOutput(app, tab, saving());
    expect(given[0]?.text).toBe('');
  });

  it('lets the workbench write the file that the person chose in a window', async () => {
    const { app, platform, given, told, asked } = appWith('0123');
    platform.hostFiles = { chooseSavePath: () => Promise.resolve('/home/me/loop.txt') };
    await saveOutput(app, tab, saving());
    expect([asked, given]).toEqual([[], []]);
    expect(told[0]).toContain('2 bytes');
    platform.hostFiles = { chooseSavePath: () => Promise.resolve(null) };
    await saveOutput(app, tab, saving());
    expect(told).toHaveLength(1);
  });
});
