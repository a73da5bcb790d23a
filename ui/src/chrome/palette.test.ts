import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../commands.ts';
import { setOwnKeys } from '../keys.ts';
import { likeness, paletteOf } from './palette.ts';

const rowsOf = (home: { hasAllKeys: boolean }) => paletteOf(home).flatMap(({ rows }) => rows);

describe('the palette', () => {
  it('has every command once', () => {
    const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id).sort();
    expect(ids(rowsOf({ hasAllKeys: false }).map(({ command }) => command))).toEqual(ids(COMMANDS));
  });

  it('shows the first key of each command that has one', () => {
    for (const { command, key } of rowsOf({ hasAllKeys: false }))
      expect(key, command.id).toBe(command.keys?.[0]?.replace('Mod', 'Ctrl') ?? null);
    for (const { command, key } of rowsOf({ hasAllKeys: true })) {
      const first = command.windowKeys?.[0] ?? command.keys?.[0];
      expect(key, command.id).toBe(first?.replace('Mod', 'Ctrl') ?? null);
    }
  });

  it('shows the key that a person chose', () => {
    setOwnKeys([
      ['compare', 'Alt+Q'],
      ['run', ''],
    ]);
    const rows = rowsOf({ hasAllKeys: false });
    const keyOf = (id: string) => rows.find(({ command }) => command.id === id)?.key;
    expect(keyOf('compare')).toBe('Alt+Q');
    expect(keyOf('run')).toBeNull();
    setOwnKeys([]);
  });

  it('finds every command by its title, and no other command better', () => {
    for (const command of COMMANDS) {
      const own = likeness(command, command.title);
      expect(own, command.title).toBeGreaterThan(0.9);
      for (const other of COMMANDS)
        expect(likeness(other, command.title), other.title).toBeLessThanOrEqual(own);
    }
  });
});
