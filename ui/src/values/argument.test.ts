import { describe, expect, it } from 'vitest';
import type { ValueType } from '../protocol.ts';
import { checkArgument, EXAMPLE } from './argument.ts';

// The same rules as crates/protocol/src/value.rs: a text that it reads must never be refused here.
const ACCEPTED: [ValueType, string[]][] = [
  [
    'i32',
    [
      '0',
      '-1',
      '+7',
      '4294967295',
      '-2147483648',
      '0xffffffff',
      '0XFF',
      '0b101',
      '1_000_000',
      ' 42 ',
    ],
  ],
  ['i64', ['18446744073709551615', '-9223372036854775808', '0xffff_ffff_ffff_ffff']],
  [
    'f32',
    [
      '1.5',
      '.5',
      '1.',
      '-0',
      '1e10',
      '1_0.5e-3',
      'inf',
      '-inf',
      'nan',
      '-nan',
      'nan:0x1',
      'nan:0x20_0001',
      '0x1.8p3',
      '0x.8p1',
    ],
  ],
  ['f64', ['1e308', 'infinity', 'Infinity', 'NaN', '0x1p-1074']],
  [
    'v128',
    [
      '0x1',
      '0xffffffffffffffffffffffffffffffff',
      '12',
      'i32x4 1 2 3 4',
      'f64x2 1.5 nan',
      'i64x2 1, -2',
      'v128.const i32x4 1 2 3 4',
      '0b101',
      '0XFF',
    ],
  ],
  ['funcref', ['null', 'func 3', 'ref.func 3', 'ref.null', 'ref.null func']],
  ['externref', ['null', 'extern 7', 'ref.extern 7']],
  ['exnref', ['null', 'ref.null']],
];

const REFUSED: [ValueType, string[]][] = [
  ['i32', ['', 'x', '1.5', '4294967296', '-2147483649', '1__0', '_1', '1_', '0x', '--1', '+-1']],
  ['i64', ['18446744073709551616', '1e3']],
  ['f32', ['', 'one', '.', '1.5.5', 'e10', '0x']],
  [
    'v128',
    [
      'i32x4 1 2 3',
      'i32x4 1 2 3 4 5',
      'i32x4 1 2 3 4294967296',
      '0x1ffffffffffffffffffffffffffffffff',
    ],
  ],
  ['funcref', ['3', 'extern 3', 'func']],
  ['exnref', ['exn 1']],
];

describe('an argument', () => {
  it.each(ACCEPTED)('of type %s is taken as the workbench takes it', (type, texts) => {
    for (const text of texts) expect(checkArgument(type, text), text).toBeNull();
  });

  it.each(REFUSED)('of type %s that is none is explained', (type, texts) => {
    for (const text of texts) expect(checkArgument(type, text), text).toMatch(/\.$/);
  });

  it('has an example for every type, and the example is taken', () => {
    for (const [type, text] of Object.entries(EXAMPLE))
      expect(checkArgument(type as ValueType, text)).toBeNull();
  });
});
