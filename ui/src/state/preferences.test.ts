import { describe, expect, it } from 'vitest';
import { DEFAULT_PREFERENCES, readPreferences } from './preferences.ts';

describe('preferences', () => {
  it('come back as they were kept', () => {
    const kept = {
      ...DEFAULT_PREFERENCES,
      theme: 'dark',
      active: 3,
      layout: 'memory',
      places: { memory: { grid: 1 }, 'learn-narrow': { grid: 2 } },
      scale: 'linear',
      recent: ['/a/b.wat'],
      lessons: ['add_one'],
      keys: [
        ['run', 'F5'],
        ['stop', ''],
      ],
      compiler: 'llvm',
      sizes: { code: 150 },
      wrap: true,
      lineWidth: 80,
    } as const;
    const bookmarks = { 3: [{ address: 4096, name: 'heap' }] };
    const all = { ...kept, bookmarks };
    expect(readPreferences(JSON.stringify(all))).toEqual(all);
  });

  it.each([null, '', '{', 'null', '[]', '{"version":0,"theme":"dark"}'])(
    'that cannot be read are the first ones: %s',
    (json) => {
      expect(readPreferences(json)).toEqual(DEFAULT_PREFERENCES);
    },
  );

  it('of a version with one layout are those of Engineer', () => {
    expect(readPreferences('{"version":1,"layout":{"grid":1}}')).toEqual({
      ...DEFAULT_PREFERENCES,
      layout: 'engineer',
      places: { engineer: { grid: 1 } },
    });
  });

  it('of a version without lessons, or with other marks of them, keep what can be read', () => {
    expect(readPreferences('{"version":1}').lessons).toEqual([]);
    expect(readPreferences('{"version":1,"lessons":{"add_one":true}}').lessons).toEqual([]);
    const mixed = '{"version":1,"lessons":["add_one",7,null,["x"],"gone"]}';
    expect(readPreferences(mixed).lessons).toEqual(['add_one', 'gone']);
  });

  it('take nothing that is no choice', () => {
    expect(readPreferences('{"version":1,"theme":"pink","active":"x","scale":7}')).toEqual(
      DEFAULT_PREFERENCES,
    );
    expect(readPreferences('{"version":1,"layout":"other","places":{"other":{}}}')).toEqual(
      DEFAULT_PREFERENCES,
    );
    expect(readPreferences('{"version":1,"keys":[["run",7],7],"compiler":"x","sizes":7}')).toEqual(
      DEFAULT_PREFERENCES,
    );
    const wrong = '{"version":1,"bookmarks":{"1":[{"address":"x","name":"y"}],"2":7,"3":[null]}}';
    expect(readPreferences(wrong)).toEqual(DEFAULT_PREFERENCES);
  });
});
