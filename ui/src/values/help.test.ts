import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../protocol.ts';
import { BUTTONS, LIMITS, SETTINGS } from './controls.ts';
import { helpOf, STEPS, withHelp } from './help.ts';
import { ENGINES } from './names.ts';
import { PANELS } from './panels.ts';

describe('help after an error', () => {
  it('has the advice first, and then the step', () => {
    expect(helpOf({ code: 'call_time', help: 'Look for a loop that does not end.' })).toBe(
      'Look for a loop that does not end. If the work takes that long, raise Time of a call, in ms in the panel Settings.',
    );
    expect(helpOf({ code: 'file', help: 'Choose another name.' })).toBe('Choose another name.');
    expect(withHelp({ code: 'file', message: 'It cannot be read.' })).toBe('It cannot be read.');
  });

  it('names a setting only if it helps', () => {
    expect(helpOf({ code: 'invalid_module' })).toBe('');
    expect(helpOf({ code: 'invalid_module', proposal: 'simd' })).toBe(
      'Turn on `simd` under Proposals in the panel Settings.',
    );
    expect(helpOf({ code: 'trap', trap: 'unreachable' })).toBe('');
    expect(helpOf({ code: 'trap', trap: 'stack_overflow' })).toMatch('Stack, in KiB');
  });

  it('names only controls that the page has', () => {
    const groups = [BUTTONS, LIMITS, SETTINGS, ENGINES];
    const controls = new Set<string>(groups.flatMap((group) => Object.values(group)));
    const panels = new Set<string>(Object.values(PANELS));
    for (const code of Object.keys(STEPS) as ErrorCode[]) {
      const step = STEPS[code];
      if (step === null) continue;
      const namesIn = (rule: RegExp) => [...step.matchAll(rule)].map(([, name]) => name ?? '');
      const bold = namesIn(/\*\*(.+?)\*\*/g);
      const named = namesIn(/[Pp]anel (\w+)/g);
      expect(
        bold.filter((name) => !controls.has(name)),
        code,
      ).toEqual([]);
      expect(
        named.filter((name) => !panels.has(name)),
        code,
      ).toEqual([]);
      expect(bold.length + named.length, `${code} needs no step`).toBeGreaterThan(0);
    }
  });
});
