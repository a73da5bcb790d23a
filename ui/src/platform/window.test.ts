import { type Channel } from '@tauri-apps/api/core';
import { clearMocks, mockIPC } from '@tauri-apps/api/mocks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WorkbenchEvent } from '../protocol.ts';
import { join, NO_BYTES } from './frame.ts';
import { WindowPlatform } from './window.ts';

const EVENT: WorkbenchEvent = { event: 'console_cleared', tab: 1 };

/** Makes a reply as the window's shell sends it, stamped with a number of events. */
function reply(events: number, ok: unknown): ArrayBuffer {
  const frame = join({ id: 1, ok }, NO_BYTES);
  const message = new Uint8Array(8 + frame.length);
  new DataView(message.buffer).setBigUint64(0, BigInt(events), true);
  message.set(frame, 8);
  return message.buffer;
}

beforeEach(() => vi.stubGlobal('window', globalThis));
afterEach(() => {
  clearMocks();
  vi.unstubAllGlobals();
});

test('a reply that overtakes the events of before it waits for them', async () => {
  let send: (event: WorkbenchEvent) => void = () => undefined;
  mockIPC((command, payload) => {
    if (command === 'rpc') return reply(2, 'done');
    const { events } = payload as { events: Channel<WorkbenchEvent> };
    send = (event) => events.onmessage(event);
  });
  const seen: string[] = [];
  const platform = new WindowPlatform();
  await new Promise<void>((open) =>
    platform.connect({
      event: ({ event }) => seen.push(event),
      connection: (state) => state === 'open' && open(),
    }),
  );
  const answered = platform.request('tab.new', {}).then(({ value }) => seen.push(String(value)));
  send(EVENT);
  // A reply that does not wait would arrive within this time.
  await new Promise((passed) => setTimeout(passed));
  expect(seen).toEqual(['console_cleared']);
  send(EVENT);
  await answered;
  expect(seen).toEqual(['console_cleared', 'console_cleared', 'done']);
});

test('a reply behind no event comes at once', async () => {
  mockIPC(() => reply(0, 'done'));
  expect((await new WindowPlatform().request('tab.new', {})).value).toBe('done');
});
