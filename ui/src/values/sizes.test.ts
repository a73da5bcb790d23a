import { expect, it } from 'vitest';
import { readSizes, sizeOfPanel, sized, stepped, styleOf } from './sizes.ts';

it('a size goes by steps, within its bounds, and back to the usual one', () => {
  expect(stepped({}, 'code', 1)).toEqual({ code: 110 });
  expect(stepped({ code: 110, all: 200 }, 'code', -1)).toEqual({ code: 100, all: 200 });
  expect(stepped({ code: 300 }, 'code', 1)).toEqual({ code: 300 });
  expect(stepped({ code: 50 }, 'code', -1)).toEqual({ code: 50 });
  expect(stepped({ code: 220 }, 'code', 0)).toEqual({ code: 100 });
  expect(sized({}, 'all', 1e9)).toEqual({ all: 300 });
});

it('panels have sizes by their names, and others have none', () => {
  expect(sizeOfPanel('editor')).toBe('code');
  expect(sizeOfPanel('exports')).toBe('results');
  expect(sizeOfPanel('lessons')).toBeNull();
  expect(sizeOfPanel(undefined)).toBeNull();
});

it('kept sizes that are none are left out', () => {
  expect(readSizes({ code: 150, all: 'x', memory: 7, other: 100 })).toEqual({ code: 150 });
  expect(readSizes(null)).toEqual({});
});

it('the page has a property for each part', () => {
  expect(styleOf({ code: 150 })).toContain('--of-code: 1.5; --of-results: 1;');
});
