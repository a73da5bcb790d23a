import { describe, expect, it } from 'vitest';
import { Echoes } from './echoes.ts';

describe('echoes', () => {
  it('shows what somebody else changed', () => {
    expect(new Echoes<string>().hear('theirs')).toBe('theirs');
  });

  it('do not undo what was changed since, however late they come', () => {
    const echoes = new Echoes<string>();
    echoes.begin();
    echoes.begin();
    expect(echoes.hear('first')).toBeNull();
    expect(echoes.end()).toBeNull();
    expect(echoes.hear('second')).toBeNull();
    expect(echoes.end()).toBeNull();
    expect(echoes.hear('theirs')).toBe('theirs');
  });

  it('keep what somebody else changed meanwhile', () => {
    const echoes = new Echoes<string>();
    echoes.begin();
    echoes.hear('mine');
    echoes.hear('theirs');
    expect(echoes.end()).toBe('theirs');
  });
});
