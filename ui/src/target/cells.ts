// What the table of targets says of a compiler and a form of code, and the nearest that works.

import type { Compiler, CompilerState, Engine, Form, TargetCell, TargetRow } from '../protocol.ts';
import { COMPILERS, ENGINES, FORMS, eachOf } from '../values/names.ts';
import { withImplied } from './features.ts';

/** Who compiles, and what form the code takes. */
export interface Choice {
  compiler: Compiler;
  engine: Engine;
}

/** The field of a target's table; none where the workbench left it out. */
export function cellOf(row: TargetRow, compiler: Compiler, form: Form): TargetCell | undefined {
  return row.cells.find((cell) => cell.compiler === compiler && cell.form === form);
}

/** The CPU features that a compiler cannot do without, of a target. */
function needs(row: TargetRow, compiler: Compiler): readonly string[] {
  return row.needed.find((one) => one.compiler === compiler)?.cpu_features ?? [];
}

/**
 * The CPU features that a target begins with: its first preset, and what the compiler cannot do
 * without.
 */
export function usual(row: TargetRow, compiler: Compiler): string[] {
  return withImplied(row, [...(row.presets[0]?.cpu_features ?? []), ...needs(row, compiler)]);
}

/**
 * Why a compiler cannot make a form for a target; null where it can. CPU features are those chosen;
 * none are all there are. What nobody has tried may be tried: the compiler itself then says what
 * comes of it.
 */
export function whyNot(
  row: TargetRow,
  compiler: Compiler,
  form: Form,
  cpuFeatures: readonly string[] = row.cpu_features,
): string | null {
  const cell = cellOf(row, compiler, form);
  if (cell && cell.probed !== 'ok' && cell.probed !== 'unknown') {
    return cell.reason ?? `${COMPILERS[compiler]} makes no ${FORMS[form]} code for ${row.triple}.`;
  }
  const lacking = needs(row, compiler).filter((feature) => !withImplied(row, cpuFeatures).includes(feature));
  return lacking.length === 0 ? null : `${COMPILERS[compiler]} needs the CPU feature ${lacking.join(', ')}.`;
}

/**
 * What works for a target, the nearest to what was chosen before first: the same compiler, then the
 * same engine.
 */
export function nearest(
  row: TargetRow,
  chosen: Choice,
  states: readonly CompilerState[],
  cpuFeatures?: readonly string[],
): Choice | null {
  const here = (compiler: Compiler) => !states.find((state) => state.compiler === compiler)?.missing;
  const compilers = [chosen.compiler, ...eachOf(COMPILERS)].filter(here);
  const engines = [chosen.engine, ...eachOf(ENGINES)];
  const choices = compilers.flatMap((compiler) => engines.map((engine) => ({ compiler, engine })));
  return choices.find(({ compiler, engine }) => whyNot(row, compiler, engine, cpuFeatures) === null) ?? null;
}

/** Why nothing runs or is built for a target here; null where something is. */
export function whyNothing(
  row: TargetRow,
  states: readonly CompilerState[],
  cpuFeatures?: readonly string[],
): string | null {
  if (nearest(row, { compiler: 'cranelift', engine: 'jit' }, states, cpuFeatures)) return null;
  const reason = whyNot(row, 'cranelift', 'jit', cpuFeatures) ?? whyNot(row, 'llvm', 'jit', cpuFeatures);
  return `No compiler that is here makes code for ${row.triple}.${reason === null ? '' : ` ${reason}`}`;
}
