import { codeFolding, foldEffect, foldedRanges } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import type { TrapFrame, WireError } from '../protocol.ts';
import { isImprecise, trapPlaceOf } from './trap-place.ts';
import { markedAt, trapEffects, trapMarks } from './trap.ts';

const frame = (more: Partial<TrapFrame>): TrapFrame => ({
  function: 3,
  at: { line: 5, column: 7, offset: 40 },
  ...more,
});
const trapped = (frames: TrapFrame[], more: Partial<WireError> = {}): WireError => ({
  code: 'trap',
  message: 'An integer was divided by zero.',
  trap: 'integer_divide_by_zero',
  frames,
  ...more,
});

describe('the place of a trap', () => {
  it('is the line of its instruction', () => {
    const error = trapped([frame({ name: 'f' })], { at: { line: 5, column: 7, offset: 40 } });
    expect(trapPlaceOf(error)).toEqual({
      line: 5,
      exact: true,
      stopped: false,
      words: 'Trapped here: An integer was divided by zero.',
    });
  });

  it('is no failure if the guest was stopped by hand', () => {
    const error: WireError = { code: 'stopped', message: 'Stopped.', frames: [frame({})] };
    expect(trapPlaceOf(error)).toMatchObject({ line: 5, exact: true, stopped: true });
  });

  it('is of this text, also where the innermost call is in another module', () => {
    const error = trapped([
      frame({ elsewhere: true, at: {} }),
      frame({ at: { line: 9, offset: 50 } }),
    ]);
    expect(trapPlaceOf(error)?.line).toBe(9);
  });

  it('is said not to be known where only the function is', () => {
    const begins = { line: 2, column: 3 };
    const within = (name: string) => frame({ name, at: begins, imprecise: true });
    expect(isImprecise(within('f'))).toBe(true);
    const place = trapPlaceOf(trapped([within('f')]));
    expect(place?.exact).toBe(false);
    expect(place?.words).toContain('somewhere in $f.');
    expect(trapPlaceOf(trapped([within('"main"')]))?.words).toContain('in "main" (function 3).');
    expect(trapPlaceOf(trapped([frame({ at: begins, imprecise: true })]))?.words).toContain(
      'in function 3.',
    );
  });

  it('is none where no line is known, or nothing of a guest is in the error', () => {
    expect(trapPlaceOf(trapped([frame({ at: { offset: 40 } })]))).toBeNull();
    expect(trapPlaceOf(trapped([]))).toBeNull();
    expect(
      trapPlaceOf({ code: 'invalid_module', message: 'No.', at: { line: 4, column: 1 } }),
    ).toBeNull();
  });
});

describe('the mark of a trap', () => {
  const place = { line: 3, exact: true, stopped: false, words: 'Trapped here: why.' };
  const state = EditorState.create({
    doc: 'a\nbcd\nefg\nh',
    extensions: [codeFolding(), trapMarks],
  });
  const marked = (of: EditorState) => of.update({ effects: trapEffects(of, place) }).state;

  it('is on its line until the text changes or it is taken away', () => {
    expect(markedAt(state)).toBeNull();
    const now = marked(state);
    expect(markedAt(now)).toBe(6);
    expect(markedAt(now.update({ selection: { anchor: 1 } }).state)).toBe(6);
    expect(markedAt(now.update({ changes: { from: 0, insert: 'x' } }).state)).toBeNull();
    expect(markedAt(now.update({ effects: trapEffects(now, null) }).state)).toBeNull();
  });

  it('opens what is folded over its line, and nothing else', () => {
    const folds = [
      { from: 3, to: 8 },
      { from: 10, to: 11 },
    ];
    const folded = state.update({ effects: folds.map((one) => foldEffect.of(one)) }).state;
    expect(foldedRanges(folded).size).toBe(2);
    expect(foldedRanges(marked(folded)).size).toBe(1);
  });
});
