// The comparison of compilers: the rows of its table, whether the results agree, and its Markdown.

import type { BenchEntry, BenchReport, Compiler } from '../protocol.ts';
import { formatBytes } from '../values/size.ts';
import { words } from '../words/measure/compare.ts';
import { callOf, figuresOf, nanoseconds, titleOf } from './rows.ts';

/** A figure with the part of the greatest one of its column, from 0 to 1. */
interface Bar {
  shown: string;
  part: number;
}

/** A contender of the comparison. */
export interface Row {
  title: string;
  compiler: Compiler;
  compile: Bar | null;
  call: Bar | null;
  size: Bar | null;
  result: string;
  failed: boolean;
}

/** Returns a row for each contender. */
export function rowsOf({ entries }: BenchReport): Row[] {
  const [compile, call] = (['compile', 'call'] as const).map((phase) =>
    barsOf(
      entries.map((entry) => figuresOf(entry, phase)?.median ?? null),
      nanoseconds,
    ),
  );
  const size = barsOf(
    entries.map((entry) => entry.artifact_bytes),
    formatBytes,
  );
  return entries.map((entry, at) => ({
    title: titleOf(entry.contender),
    compiler: entry.contender.compiler,
    compile: compile?.[at] ?? null,
    call: call?.[at] ?? null,
    size: size[at] ?? null,
    result: resultOf(entry),
    failed: entry.error !== null,
  }));
}

function barsOf(
  values: readonly (number | null)[],
  format: (value: number) => string,
): (Bar | null)[] {
  const most = Math.max(...values.map((value) => value ?? 0), Number.MIN_VALUE);
  return values.map((value) =>
    value === null ? null : { shown: format(value), part: value / most },
  );
}

function resultOf({ calls, error }: BenchEntry): string {
  if (error) return error.message;
  if (!calls) return '–';
  const values = calls.results.map(({ value }) => value);
  return values.length > 0 ? values.join(', ') : words.noResult;
}

/** The answer to the question whether all contenders gave the same results. */
export interface Agreement {
  kind: 'agree' | 'differ' | 'open';
  said: string;
}

/**
 * Compares the results bit by bit. A trap is a result too. A contender that made no code for the
 * module has none.
 */
export function agreementOf(report: BenchReport): Agreement {
  const called = report.entries.filter((entry) => outcomeOf(entry) !== null);
  const call = callOf(report);
  if (report.entries.every((entry) => entry.error && figuresOf(entry, 'compile') === null))
    return { kind: 'open', said: words.noneCompiled };
  if (report.entries.length < 2) return { kind: 'open', said: words.onlyOne };
  if (called.length < 2)
    return { kind: 'open', said: report.order.export === null ? words.noCall : words.tooFew };
  const [first] = called;
  if (first && called.every((entry) => outcomeOf(entry) === outcomeOf(first))) {
    const how = first.error ? 'traps' : 'returns';
    const shown = first.error || first.calls?.results.length ? resultOf(first) : null;
    return { kind: 'agree', said: words.agree(call, how, shown, called.length) };
  }
  // A call that changes the state of its instance, or asks for the time, has a result of its own
  // each time.
  if (called.some(({ calls }) => calls?.varies)) return { kind: 'open', said: words.varies };
  return { kind: 'differ', said: words.differ(call) };
}

/** The outcome of a call as a text that is the same for the same bits, or null without a call. */
function outcomeOf({ calls, error }: BenchEntry): string | null {
  if (error) return error.trap ?? null;
  return calls ? JSON.stringify(calls.results.map(({ value }) => value)) : null;
}

/** Returns the comparison as Markdown. */
export function markdownOf(report: BenchReport): string {
  const columns = [words.compiler, words.compile, words.call, words.size, words.result];
  const rows = rowsOf(report).map(({ title, compile, call, size, result }) => [
    title,
    ...[compile, call, size].map((bar) => bar?.shown ?? '–'),
    result,
  ]);
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
  const { cpu, cores } = report.machine;
  return [
    `${report.module.name}: ${agreementOf(report).said}`,
    '',
    line(columns),
    '| --- | ---: | ---: | ---: | --- |',
    ...rows.map(line),
    '',
    words.made(report.watshop, report.wasmer, cpu, cores),
    '',
  ].join('\n');
}
