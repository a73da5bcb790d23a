// The distributions that can be laid over one another: those of the contenders of all kept benches.

import { lookOf, pairOfLooks, type GraphTheme, type Look } from '../graph/look.ts';
import type { BenchPick, BenchReport, Contender, Figures, Phase } from '../protocol.ts';
import { words } from '../words/measure/overlay.ts';
import { callOf, figuresOf, titleOf } from './rows.ts';

/** The figures of a phase of one contender of one bench. */
export interface Sampled {
  /** A name that no other one has. */
  key: string;
  /** The name for people. */
  title: string;
  pick: BenchPick;
  contender: Contender;
  figures: Figures;
}

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** Returns the contenders of a bench in which a phase was measured. */
export function sampledOf(report: BenchReport, phase: Phase): Sampled[] {
  return report.entries.flatMap((entry, at) => {
    const figures = figuresOf(entry, phase);
    const { contender } = entry;
    const key = `${report.at_ms}/${at}`;
    const pick = { at_ms: report.at_ms, entry: at };
    return figures ? [{ key, title: titleOf(contender), pick, contender, figures }] : [];
  });
}

/** Returns all that can be laid over one another, those of the last bench first. */
export function choicesOf(reports: readonly BenchReport[], phase: Phase): Sampled[] {
  return reports.toReversed().flatMap((report) =>
    sampledOf(report, phase).map((one) => ({
      ...one,
      title: words.ofBench(
        one.title,
        phase === 'call' ? callOf(report) : phase,
        clock.format(report.at_ms),
      ),
    })),
  );
}

/**
 * Returns the two that are compared at first: the same contender in the last two benches, or else
 * the first two of the last one. Null if there are no two.
 */
export function firstPair(choices: readonly Sampled[]): [string, string] | null {
  const [first, second] = choices;
  if (!first || !second) return null;
  const same = choices.find(
    ({ pick, contender }) =>
      pick.at_ms !== first.pick.at_ms && titleOf(contender) === titleOf(first.contender),
  );
  return [first.key, (same ?? second).key];
}

/** A distribution as it is drawn. */
export interface Drawn extends Sampled {
  look: Look;
}

/** Returns the distributions to draw: two that were chosen, or all of the last bench. */
export function drawnOf(
  reports: readonly BenchReport[],
  phase: Phase,
  overlay: readonly [string, string] | null,
  theme: GraphTheme,
): Drawn[] {
  const choices = choicesOf(reports, phase);
  const looks = pairOfLooks(theme);
  const pair = (overlay ?? []).map((key) => choices.find((one) => one.key === key));
  if (pair.length === 2 && pair.every((one) => one !== undefined))
    return pair.map((one, at) => ({ ...one, look: looks[at] ?? looks[0] }));
  const last = reports.at(-1);
  const all = last ? sampledOf(last, phase) : [];
  return all.map((one) => ({ ...one, look: lookOf(one.contender, theme) }));
}
