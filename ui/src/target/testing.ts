// Rows of a table of targets, for tests.

import type { Compilation, Form, Passport, ProbeResult, TargetRow, Targets } from '../protocol.ts';
import { COMPILERS, FORMS, eachOf } from '../values/names.ts';
import { sentence } from '../values/testing.ts';

/** Makes a row in which everything works except the cells in `broken`, named as `compiler form`. */
export function row(
  triple: string,
  broken: Record<string, ProbeResult> = {},
  more: Partial<TargetRow> = {},
): TargetRow {
  const cells = eachOf(COMPILERS).flatMap((compiler) =>
    eachOf(FORMS).map((form: Form) => {
      const probed = broken[`${compiler} ${form}`] ?? 'ok';
      return {
        compiler,
        form,
        probed,
        reason: probed === 'ok' ? null : sentence(`${compiler} ${form}: no.`),
      };
    }),
  );
  const none = {
    cpu_features: [],
    implied: [],
    baseline: [],
    needed: [],
    presets: [],
    runner: false,
  };
  return { triple, system: 'Linux', here: false, ...none, cells, ...more };
}

/** Makes the table of targets of a test's machine. */
export function targets(...rows: TargetRow[]): Targets {
  return {
    host: { triple: 'x86_64-unknown-linux-gnu', cpu_features: ['sse2', 'avx'] },
    wasmer: '7.4.2',
    rows,
  };
}

/** Makes the compiler's part of a passport, for a test. */
export function compiled(more: Partial<Compilation> = {}): Compilation {
  return {
    wasmer: '7.4.2',
    abi: 24,
    compiler: 'cranelift',
    optimisation: 'speed',
    proposals: { simd: true, memory64: false } as Compilation['proposals'],
    module_hash: '00',
    module_size: 8,
    created_ms: 0,
    ...more,
  };
}

/** Makes a passport for a test. */
export function passport(more: Partial<Passport> = {}): Passport {
  return {
    format: 2,
    compiled: compiled(),
    engine: 'jit',
    triple: 'x86_64-unknown-linux-gnu',
    cpu_features: ['sse2'],
    payload_hash: '11',
    payload_size: 4096,
    sections: [],
    hand: null,
    ...more,
  };
}
