import { describe, expect, it } from 'vitest';
import { COMMANDS } from './commands.ts';
import { commandOf } from './keys.ts';
import { menusOf } from './menus.ts';

describe('the commands', () => {
  it('each have an id and a title of their own', () => {
    expect(new Set(COMMANDS.map((one) => one.id)).size).toBe(COMMANDS.length);
    expect(new Set(COMMANDS.map((one) => one.title)).size).toBe(COMMANDS.length);
  });

  it('have keys that no other command has', () => {
    const keys = COMMANDS.flatMap((one) => [...(one.keys ?? []), ...(one.windowKeys ?? [])]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('stand in the menus of the window with their own titles, and keys that no text is typed with', () => {
    const items = menusOf({ hasAllKeys: true }).flatMap((menu) => menu.items);
    const commands = items.filter((item) => item.item === 'command');
    for (const { id, title } of commands)
      expect(COMMANDS.find((one) => one.id === id)?.title).toBe(title);
    const keys = new Map(commands.map((item) => [item.id, item.keys]));
    expect(keys.get('new_tab')).toBe('Mod+N');
    expect(keys.get('close_tab')).toBe('Mod+W');
    expect(keys.get('run')).toBe('Mod+Enter');
    expect(keys.get('stop')).toBe('Mod+.');
    expect(keys.get('guide')).toBe('F1');
    expect(keys.get('shortcuts')).toBeNull();
    expect(keys.get('find')).toBeNull();
    expect(keys.get('format')).toBeNull();
  });
});

describe('a key press', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}, hasAllKeys = false) =>
    commandOf(
      {
        key,
        code: '',
        ctrlKey: false,
        metaKey: false,
        altKey: false,
        shiftKey: false,
        target: null,
        ...held,
      } as KeyboardEvent,
      { hasAllKeys },
    )?.id;

  it('finds its command', () => {
    expect(press('Enter', { ctrlKey: true })).toBe('run');
    expect(press('Escape', { shiftKey: true })).toBe('stop');
    expect(press('K', { ctrlKey: true })).toBe('command_palette');
    expect(press('3', { altKey: true })).toBe('tab_3');
    expect(press('F6', { shiftKey: true })).toBe('previous_panel');
    expect(press('?', { shiftKey: true })).toBe('shortcuts');
  });

  it('finds it by the key where Alt makes another character of it', () => {
    expect(press('Ï', { altKey: true, shiftKey: true, code: 'KeyF' })).toBe('format');
  });

  it('finds a key that a browser keeps for itself only in the window', () => {
    expect(press('n', { ctrlKey: true })).toBeUndefined();
    expect(press('n', { ctrlKey: true }, true)).toBe('new_tab');
    expect(press('w', { ctrlKey: true }, true)).toBe('close_tab');
    expect(press('n', { altKey: true }, true)).toBe('new_tab');
  });

  it('is none where more or less is held, or nothing is meant', () => {
    expect(press('Enter')).toBeUndefined();
    expect(press('Enter', { ctrlKey: true, shiftKey: true })).toBeUndefined();
    expect(press('a')).toBeUndefined();
  });
});
