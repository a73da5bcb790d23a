// The keys of each command, their names, and the command of a key press.

import { SvelteMap } from 'svelte/reactivity';
import { commandById, COMMANDS, performById, type Command } from './commands.ts';
import type { Platform } from './platform/platform.ts';

const APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** The part of a platform that says which keys the page can have. */
export type Home = Pick<Platform, 'hasAllKeys'>;

/** The keys that a person chose, by the ids of commands. An empty text is no key. */
const own = new SvelteMap<string, string>();

/** Replaces the keys that a person chose. */
export function setOwnKeys(keys: readonly (readonly [id: string, key: string])[]): void {
  own.clear();
  for (const [id, key] of keys) own.set(id, key);
}

/** Returns the keys that work here, the one to show first. */
export function keysOf(command: Command, { hasAllKeys }: Home): string[] {
  const chosen = own.get(command.id);
  if (chosen !== undefined) return chosen === '' ? [] : [chosen];
  return [...((hasAllKeys && command.windowKeys) || []), ...(command.keys ?? [])];
}

/** Formats a key for people: `Ctrl+Enter`. */
export function describeKey(key: string): string {
  return key.replace('Mod', APPLE ? 'Cmd' : 'Ctrl');
}

/** Returns the first key of a command for people, if it has one. */
export function keyOf(id: string, home: Home): string | undefined {
  const command = commandById(id);
  const key = command && keysOf(command, home)[0];
  return key && describeKey(key);
}

/** Returns a command as an action of a context menu. */
export function itemOf(id: string, app: Parameters<Command['run']>[0]) {
  const command = commandById(id);
  return {
    title: command?.title ?? '',
    key: keyOf(id, app.platform),
    refused: command?.refuse?.(app),
    run: () => performById(id, app),
  };
}

/** Returns the tooltip of a command's button: a title, or the command's own, and the key. */
export function hintOf(id: string, home: Home, title?: string): string {
  const key = keyOf(id, home);
  const name = title ?? commandById(id)?.title ?? '';
  return key ? `${name} (${key})` : name;
}

/** Returns the keys of a command for `aria-keyshortcuts`. */
export function shortcutsOf(id: string, home: Home): string | undefined {
  const command = commandById(id);
  const aria = (key: string) => key.replace('Mod', APPLE ? 'Meta' : 'Control');
  return command && keysOf(command, home).map(aria).join(' ');
}

/** Returns the keys that are pressed as a command has them, or null if they would type a text. */
export function pressedKeys(event: KeyboardEvent): string | null {
  const { key, code, altKey, shiftKey } = event;
  const mod = APPLE ? event.metaKey : event.ctrlKey;
  if (/^(Control|Shift|Alt|Meta|AltGraph|Dead|Tab|Escape)$/.test(key)) return null;
  if (!mod && !altKey && !/^F\d+$/.test(key)) return null;
  const printed = /^(?:Key|Digit)(.)$/.exec(code)?.[1] ?? (key === ' ' ? 'Space' : key);
  const held = [mod && 'Mod', altKey && 'Alt', shiftKey && 'Shift'].filter(Boolean);
  return [...held, printed].join('+');
}

/** Returns the command of a key press, if there is one. */
export function commandOf(event: KeyboardEvent, home: Home): Command | undefined {
  if (goesToProgram(event)) return undefined;
  return COMMANDS.find((command) => keysOf(command, home).some((key) => matches(event, key)));
}

/** Returns true for Ctrl with a letter in a field that gives a program each key by itself. */
function goesToProgram({ target, key, ctrlKey, shiftKey }: KeyboardEvent): boolean {
  const raw = (target as Partial<HTMLElement> | null)?.dataset?.keys === 'raw';
  return raw && ctrlKey && !shiftKey && /^[a-z]$/i.test(key);
}

function matches(event: KeyboardEvent, key: string): boolean {
  const parts = key.split('+');
  const last = parts.pop() ?? '';
  // A character such as `?` may need Shift or not, depending on the keyboard. In a field it is
  // text.
  if (last === '?')
    return event.key === '?' && !event.ctrlKey && !event.metaKey && !isTyping(event.target);
  const mod = APPLE ? event.metaKey : event.ctrlKey;
  const otherMod = APPLE ? event.ctrlKey : event.metaKey;
  if (mod !== parts.includes('Mod') || otherMod) return false;
  if (event.altKey !== parts.includes('Alt') || event.shiftKey !== parts.includes('Shift'))
    return false;
  if (event.key.toLowerCase() === last.toLowerCase()) return true;
  // With Alt or Shift, a key may give another character than the one that is printed on it.
  return (
    (event.altKey || event.shiftKey) &&
    (event.code === `Key${last}` || event.code === `Digit${last}`)
  );
}

/** The panel of the drawer that a digit asks for while one presents, from 1. */
export function drawerNumberOf(event: KeyboardEvent): number | null {
  const held = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  return !held && /^[1-6]$/.test(event.key) && !isTyping(event.target) ? Number(event.key) : null;
}

/** Returns the step of a text's size that a key press means: larger, smaller, usual; or null. */
export function sizeStepOf(event: KeyboardEvent): -1 | 0 | 1 | null {
  if (event.altKey || !(APPLE ? event.metaKey : event.ctrlKey)) return null;
  if (event.key === '+' || event.key === '=') return 1;
  if (event.shiftKey) return null;
  return event.key === '-' ? -1 : event.key === '0' ? 0 : null;
}

/**
 * Returns whether a key press means `undo` or `redo`, or null. In a field it belongs to the field's
 * text.
 */
export function historyOf(event: KeyboardEvent): 'undo' | 'redo' | null {
  const { target, key, altKey, shiftKey } = event;
  const ctrl = event.ctrlKey || event.metaKey;
  const ownText =
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA)$/.test(target.tagName));
  if (!ctrl || altKey || ownText) return null;
  if (key.toLowerCase() === 'z') return shiftKey ? 'redo' : 'undo';
  return key.toLowerCase() === 'y' && !shiftKey ? 'redo' : null;
}

function isTyping(target: EventTarget | null): boolean {
  const {
    isContentEditable = false,
    tagName = '',
    dataset = {},
  } = (target ?? {}) as Partial<HTMLElement>;
  // Other elements that take text are marked (the bytes of a memory while characters are typed).
  return isContentEditable || 'typing' in dataset || /^(INPUT|TEXTAREA|SELECT)$/.test(tagName);
}
