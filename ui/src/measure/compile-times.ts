// The tables of the time that a module takes to compile.

import type { CompileTimes } from '../protocol.ts';
import { functionName } from '../values/function-name.ts';
import { words } from '../words/measure/compile-times.ts';
import { nanoseconds, type Table } from './rows.ts';

/** The most rows that are drawn. Other functions have little to say. */
export const MOST_ROWS = 200;

const share = (part: number, whole: number) =>
  `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

/** Returns the steps of a compilation, in order. */
export function stepsTable({ steps, compile_ns: whole }: CompileTimes): Table {
  const rows = steps.map(({ step, ns }) => [words.step[step], nanoseconds(ns), share(ns, whole)]);
  return { columns: [words.stepHeading, words.time, words.share], rows };
}

/** Returns the functions that took longest, each with its share of all functions and its sizes. */
export function compileTimesTable({ functions, functions_ns: whole }: CompileTimes): Table {
  const bytes = (size: number | null) => size?.toLocaleString('en') ?? '–';
  const rows = functions
    .slice(0, MOST_ROWS)
    .map(({ index, name, ns, wasm_bytes: wasm, code_bytes: code }) => [
      functionName(index, name),
      nanoseconds(ns),
      share(ns, whole),
      bytes(wasm),
      bytes(code),
    ]);
  const columns = [words.function, words.time, words.share, words.wasmBytes, words.codeBytes];
  return { columns, rows };
}
