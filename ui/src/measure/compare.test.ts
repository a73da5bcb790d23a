import { expect, test } from 'vitest';
import type { WireError } from '../protocol.ts';
import { agreementOf, markdownOf, rowsOf } from './compare.ts';
import { entry, report } from './testing.ts';

const SINGLEPASS = entry('singlepass', { compile: 2e6, call: 116e6 });
const CRANELIFT = entry('cranelift', { compile: 8e6, call: 29e6 });
const LLVM = entry('llvm', { compile: 80e6, call: 25e6 });

const failed = (error: WireError) => ({ ...SINGLEPASS, calls: null, error });
const DIVIDED: WireError = {
  code: 'trap',
  message: 'Divided by zero.',
  trap: 'integer_divide_by_zero',
};

test('each row has its figures, and their parts of the greatest one', () => {
  const [first, second] = rowsOf(report(SINGLEPASS, CRANELIFT, LLVM));
  expect(first).toMatchObject({ title: 'Singlepass JIT', result: '42', failed: false });
  expect(first?.compile).toEqual({ shown: '2.00 ms', part: 1 / 40 });
  expect(second?.call).toEqual({ shown: '29.0 ms', part: 0.25 });
  expect(second?.size?.part).toBe(1);
});

test('equal results agree, and other bits differ', () => {
  expect(agreementOf(report(SINGLEPASS, CRANELIFT, LLVM))).toEqual({
    kind: 'agree',
    said: 'fib(30) = 42: all 3 compilers agree.',
  });
  expect(agreementOf(report(SINGLEPASS, LLVM)).said).toContain('both compilers agree');
  const other = entry('llvm', { compile: 1, call: 1 }, 'nan:0x1');
  expect(agreementOf(report(SINGLEPASS, other)).kind).toBe('differ');
});

test('a trap with every compiler is an agreement', () => {
  const traps = report(failed(DIVIDED), { ...failed(DIVIDED), contender: LLVM.contender });
  expect(agreementOf(traps)).toEqual({
    kind: 'agree',
    said: 'fib(30) traps: both compilers agree.',
  });
  expect(agreementOf(report(failed(DIVIDED), LLVM)).kind).toBe('differ');
});

test('a compiler that refuses the module has no result to compare', () => {
  const refused = failed({ code: 'compiler_refused', message: 'Singlepass has no SIMD.' });
  expect(agreementOf(report(refused, CRANELIFT, LLVM)).said).toContain('both compilers agree');
  expect(agreementOf(report(refused, LLVM)).kind).toBe('open');
  expect(rowsOf(report(refused, LLVM))[0]).toMatchObject({
    result: 'Singlepass has no SIMD.',
    failed: true,
  });
});

test('a module that no compiler takes has no comparison', () => {
  const wrong = { ...failed({ code: 'invalid_module', message: 'Type mismatch.' }), phases: [] };
  expect(agreementOf(report(wrong, { ...wrong, contender: LLVM.contender })).said).toMatch(
    /^No compiler compiled the module/,
  );
});

test('results that change from call to call are not compared, unless they are equal', () => {
  const varying = (value: string) => {
    const one = entry('llvm', { compile: 1, call: 1 }, value);
    return { ...one, calls: one.calls && { ...one.calls, varies: true } };
  };
  expect(agreementOf(report(SINGLEPASS, varying('7')))).toMatchObject({ kind: 'open' });
  expect(agreementOf(report(SINGLEPASS, varying('42'))).kind).toBe('agree');
});

test('one compiler alone, and a program, have nothing to compare', () => {
  expect(agreementOf(report(SINGLEPASS)).kind).toBe('open');
  const program = report({ ...SINGLEPASS, calls: null }, { ...LLVM, calls: null });
  const order = { ...program.order, export: null };
  expect(agreementOf({ ...program, order }).said).toContain('No function was called');
});

test('the Markdown has a row for each compiler, and no cell breaks it', () => {
  const odd = failed({ code: 'compiler_refused', message: 'a|b\nc' });
  expect(markdownOf(report(odd, CRANELIFT, LLVM)).split('\n')).toEqual([
    'fib.wat: fib(30) = 42: both compilers agree.',
    '',
    '| compiler | compile | call | code size | result |',
    '| --- | ---: | ---: | ---: | --- |',
    '| Singlepass JIT | 2.00 ms | 116 ms | 2.0 KiB | a\\|b c |',
    '| Cranelift JIT | 8.00 ms | 29.0 ms | 2.0 KiB | 42 |',
    '| LLVM JIT | 80.0 ms | 25.0 ms | 2.0 KiB | 42 |',
    '',
    'Watshop 0.1.0 with Wasmer 7.5.0, A, 2 cores. Times are medians.',
    '',
  ]);
});
