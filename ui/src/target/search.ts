// A search for triples by some of their letters.

import type { CompilerState, TargetRow } from '../protocol.ts';
import { whyNothing } from './cells.ts';
import { words as say } from '../words/target/search.ts';

/** The title of the choice without a triple: this machine with all features of its CPU. */
export const THIS_MACHINE = say.machine;

/** One line of the list of triples. */
export interface TripleOption {
  /** The row of the triple; null for this machine. */
  row: TargetRow | null;
  title: string;
  /** The reason why it cannot be chosen, or null if it can. */
  missing: string | null;
}

/** Lines under one heading. */
export interface TripleGroup {
  title: string;
  options: TripleOption[];
}

/** Returns this machine, then every triple by its operating system. */
export function groupsOf(
  rows: readonly TargetRow[],
  states: readonly CompilerState[],
): TripleGroup[] {
  const systems = new Map<string, TargetRow[]>();
  for (const row of rows) systems.set(row.system, [...(systems.get(row.system) ?? []), row]);
  return [
    { title: say.here, options: [{ row: null, title: THIS_MACHINE, missing: null }] },
    ...Array.from(systems, ([title, rows]) => ({
      title,
      options: rows.map((row) => ({ row, title: row.triple, missing: whyNothing(row, states) })),
    })),
  ];
}

/** Returns the lines with all the words, in the triple or in the name of its system. */
export function search(groups: readonly TripleGroup[], wanted: string): TripleGroup[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.flatMap(({ title, options }) => {
    const found = options.filter((option) => {
      const text = `${title} ${option.title}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return found.length > 0 ? [{ title, options: found }] : [];
  });
}

/** Returns the line with exactly this title. */
export function exactly(groups: readonly TripleGroup[], text: string): TripleOption | undefined {
  const wanted = text.trim().toLowerCase();
  return groups
    .flatMap(({ options }) => options)
    .find((option) => option.title.toLowerCase() === wanted);
}
