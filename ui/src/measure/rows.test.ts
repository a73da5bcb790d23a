import { expect, test } from 'vitest';
import type { AnnouncementChart } from '../protocol.ts';
import { sampledOf } from './overlay.ts';
import {
  announcementTable,
  breakEven,
  breakEvens,
  contendersOf,
  csvOf,
  disagreements,
  distributionTable,
  phasesTable,
  sizesTable,
  tradeOffs,
  type TradeOff,
} from './rows.ts';
import { entry, report } from './testing.ts';

const SINGLEPASS = entry('singlepass', { compile: 1e6, call: 5000 });
const CRANELIFT = entry('cranelift', { compile: 3e6, call: 4000 });
const LLVM = entry('llvm', { compile: 9e6, call: 4500 });

test('there is a contender for each compiler and engine, and Singlepass has one level', () => {
  const all = contendersOf(['singlepass', 'llvm'], ['jit', 'native'], 'none');
  expect(all).toHaveLength(4);
  expect(all[0]).toEqual({ compiler: 'singlepass', engine: 'jit', optimisation: 'speed' });
  expect(all[3]).toEqual({ compiler: 'llvm', engine: 'native', optimisation: 'none' });
});

test('the frontier leaves out a contender that another beats in both', () => {
  const points = tradeOffs(report(LLVM, CRANELIFT, SINGLEPASS));
  expect(points.map(({ frontier }) => frontier)).toEqual([true, true, false]);
});

test('a longer compilation pays off after as many calls as it takes', () => {
  const point = (compile: number, call: number): TradeOff => ({
    ...{ entry: SINGLEPASS, compile, call, frontier: true },
  });
  expect(breakEven(point(1e6, 5000), point(3e6, 4000))).toBe(2000);
  expect(breakEven(point(3e6, 4000), point(9e6, 4500))).toBeNull();
  expect(breakEven(point(3e6, 4000), point(1e6, 4000))).toBe(0);
  expect(breakEvens(report(SINGLEPASS, CRANELIFT))).toEqual([
    'Cranelift JIT pays off beside Singlepass JIT after 2,000 calls of fib(30).',
  ]);
  expect(breakEvens(report())).toEqual([]);
});

test('a result that differs by one bit is a disagreement', () => {
  expect(disagreements(report(SINGLEPASS, CRANELIFT))).toEqual([]);
  const wrong = entry('llvm', { call: 1 }, '43');
  expect(disagreements(report(SINGLEPASS, wrong))).toEqual([wrong]);
  if (wrong.calls) wrong.calls.varies = true;
  expect(disagreements(report(SINGLEPASS, wrong))).toEqual([]);
});

test('each graph has a table of the same figures', () => {
  const all = report(SINGLEPASS, CRANELIFT);
  const table = distributionTable(sampledOf(all, 'call'));
  expect(table.rows[1]?.slice(0, 2)).toEqual(['Cranelift JIT', '4.00 µs']);
  expect(distributionTable(sampledOf(all, 'load')).rows).toEqual([]);
  expect(phasesTable(all).rows[0]).toEqual(['Singlepass JIT', '1.00 ms', '–', '–', '5.00 µs', '']);
  expect(sizesTable(all).rows[0]).toEqual(['Singlepass JIT', '2,000', '2.0×']);
  expect(csvOf({ columns: ['a'], rows: [['"b", c']] })).toBe('"a"\r\n"""b"", c"\r\n');
});

test('the figures of the announcement stand beside those of here', () => {
  const charts: AnnouncementChart[] = [
    { phase: 'compile', times: [{ compiler: 'singlepass', ns: 2e6 }] },
    { phase: 'call', times: [{ compiler: 'llvm', ns: 1e6 }] },
  ];
  const table = announcementTable(charts, report(entry('singlepass', { compile: 1e6 })));
  expect(table.rows).toEqual([
    ['compile, Singlepass', '2.00 ms', '1.00 ms', '0.50×'],
    ['call, LLVM', '1.00 ms', '–', '–'],
  ]);
});
