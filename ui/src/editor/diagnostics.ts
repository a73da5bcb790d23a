import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Problem } from '../protocol.ts';
import { positionOf } from './place.ts';

/** What to underline in a text. Problems without a line are only in the list of problems. */
export function diagnosticsOf(doc: Text, problems: readonly Problem[]): Diagnostic[] {
  return problems.flatMap((problem) => {
    const at = positionOf(doc, problem.at);
    if (at === null) return [];
    // At the end of a line there is nothing to underline, so the character before it is.
    const end = Math.min(at + problem.length, doc.lineAt(at).to);
    const from = end > at ? at : Math.max(doc.lineAt(at).from, at - 1);
    return [{ from, to: Math.max(end, from), severity: problem.severity, message: problem.message }];
  });
}
