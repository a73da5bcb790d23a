import { describe, expect, it } from 'vitest';
import { DEFAULT_PREFERENCES, readPreferences } from './preferences.ts';

describe('preferences', () => {
  it('come back as they were kept', () => {
    const kept = { ...DEFAULT_PREFERENCES, theme: 'dark', active: 3, layout: { grid: 1 }, scale: 'linear' } as const;
    expect(readPreferences(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([null, '', '{', 'null', '[]', '{"version":0,"theme":"dark"}'])(
    'that cannot be read are the first ones: %s',
    (json) => {
      expect(readPreferences(json)).toEqual(DEFAULT_PREFERENCES);
    },
  );

  it('take nothing that is no choice', () => {
    expect(readPreferences('{"version":1,"theme":"pink","active":"x","scale":7}')).toEqual(DEFAULT_PREFERENCES);
  });
});
