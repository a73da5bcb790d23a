// The forms of code that a compiler makes for a target, and the nearest choice that works.

import type { Compiler, CompilerState, Engine, Form, TargetCell, TargetRow } from '../protocol.ts';
import { COMPILERS, ENGINES, FORMS, eachOf } from '../values/names.ts';
import { withImplied } from './features.ts';
import { words } from '../words/target/cells.ts';

/** A compiler and the form of its code. */
export interface Choice {
  compiler: Compiler;
  engine: Engine;
}

/** Returns the cell of a compiler and a form, or undefined if the workbench left it out. */
export function cellOf(row: TargetRow, compiler: Compiler, form: Form): TargetCell | undefined {
  return row.cells.find((cell) => cell.compiler === compiler && cell.form === form);
}

/** Returns the CPU features that a compiler needs on a target. */
function needs(row: TargetRow, compiler: Compiler): readonly string[] {
  return row.needed.find((one) => one.compiler === compiler)?.cpu_features ?? [];
}

/**
 * Returns the CPU features that a target begins with: its first preset, and those that the compiler
 * needs.
 */
export function usual(row: TargetRow, compiler: Compiler): string[] {
  return withImplied(row, [...(row.presets[0]?.cpu_features ?? []), ...needs(row, compiler)]);
}

/**
 * Returns the reason why a compiler cannot make a form for a target, or null if it can.
 * `cpuFeatures` are the chosen ones, by default all that the target has. A form that was never
 * tried may be tried: the compiler then reports the result.
 */
export function whyNot(
  row: TargetRow,
  compiler: Compiler,
  form: Form,
  cpuFeatures: readonly string[] = row.cpu_features,
): string | null {
  const cell = cellOf(row, compiler, form);
  if (cell && cell.probed !== 'ok' && cell.probed !== 'unknown') {
    return cell.reason?.text ?? words.makesNoCode(COMPILERS[compiler], FORMS[form], row.triple);
  }
  const lacking = needs(row, compiler).filter(
    (feature) => !withImplied(row, cpuFeatures).includes(feature),
  );
  return lacking.length === 0
    ? null
    : words.needsCpuFeature(COMPILERS[compiler], lacking.join(', '));
}

/**
 * Returns the choice that works for a target and is nearest to the former one: with the same
 * compiler, or else with the same engine.
 */
export function nearest(
  row: TargetRow,
  chosen: Choice,
  states: readonly CompilerState[],
  cpuFeatures?: readonly string[],
): Choice | null {
  const here = (compiler: Compiler) =>
    !states.find((state) => state.compiler === compiler)?.missing;
  const compilers = [chosen.compiler, ...eachOf(COMPILERS)].filter(here);
  const engines = [chosen.engine, ...eachOf(ENGINES)];
  const choices = compilers.flatMap((compiler) => engines.map((engine) => ({ compiler, engine })));
  return (
    choices.find(({ compiler, engine }) => whyNot(row, compiler, engine, cpuFeatures) === null) ??
    null
  );
}

/**
 * Returns the reason why neither Run nor Build works for a target on this machine, or null if one
 * does.
 */
export function whyNothing(
  row: TargetRow,
  states: readonly CompilerState[],
  cpuFeatures?: readonly string[],
): string | null {
  if (nearest(row, { compiler: 'cranelift', engine: 'jit' }, states, cpuFeatures)) return null;
  const reason =
    whyNot(row, 'cranelift', 'jit', cpuFeatures) ?? whyNot(row, 'llvm', 'jit', cpuFeatures);
  return words.noCompilerMachineMakes(row.triple, reason === null ? '' : ` ${reason}`);
}
