import { expect, test } from 'vitest';
import type { WasiSettings } from '../protocol.ts';
import { readSettings, writeSettings } from './wasi-file.ts';

const settings: WasiSettings = {
  program: 'grep',
  arguments: ['-n', 'a b'],
  environment: [{ name: 'LANG', value: 'en' }],
  input: { kind: 'text', text: 'hello\n' },
  clock: { kind: 'frozen', at_s: 1 },
  random: { kind: 'seeded', seed: 7 },
  folders: [{ guest: '/data', source: { kind: 'host', path: '/home/me' }, access: 'read' }],
  cwd: '/data',
  trace: false,
  timeline: true,
  rules: [{ call: 'fd_write', letters: '', after: 3, action: { kind: 'deny', errno: 'NOSPC' } }],
};
const other: WasiSettings = { ...settings, program: null, arguments: [], rules: [], folders: [] };

test('settings come back from their file, but folders stay as they were', () => {
  const text = writeSettings(settings);
  expect(text).not.toContain('/home/me');
  expect(readSettings(text, other)).toEqual({ ...settings, folders: [] });
});

test('another file is not taken', () => {
  for (const text of ['', 'null', '[]', '{"program": "x"}', '7', '{"watshop_wasi": 2}'])
    expect(readSettings(text, other)).toBeNull();
});
