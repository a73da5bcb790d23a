import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BOUNDS, MOST_BYTES, MOST_ELEMENTS, MOST_TIMES, PAGE_BYTES } from './protocol.ts';

const SOURCES = new URL('.', import.meta.url);

/** The bounds that are no round thousands, so that nothing else is as large by chance. */
const NUMBERS = [
  PAGE_BYTES,
  MOST_BYTES,
  MOST_TIMES,
  MOST_ELEMENTS,
  BOUNDS.table_elements.most,
] as readonly number[];

/** The numbers that stand in a text, also those that are written as a shift. */
function numbersIn(text: string): number[] {
  const numbers = [...text.matchAll(/\b\d[\d_]*\b(?:\s*<<\s*\d+)?/g)].map(([word]) => {
    const [number = '', shift = '0'] = word.replaceAll('_', '').split('<<');
    return Number(number) * 2 ** Number(shift);
  });
  return numbers;
}

it('reads a number in each way that it is written', () => {
  expect(numbersIn('a = 65_536; max="10000000" b = 1 << 20;')).toEqual([
    65_536, 10_000_000, 1_048_576,
  ]);
});

it('has no bound of the workbench a second time', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /\.(ts|svelte)$/.test(file) && !/(\.test\.ts|^protocol\.ts|^words\/core\.ts)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(100);
  const twice = files.filter((file) =>
    numbersIn(readFileSync(new URL(file, SOURCES), 'utf8')).some((number) =>
      NUMBERS.includes(number),
    ),
  );
  expect(twice, 'import it from protocol.ts').toEqual([]);
});
