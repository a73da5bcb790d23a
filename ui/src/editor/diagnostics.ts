// The workbench's problems, as the editor underlines them.

import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Problem } from '../protocol.ts';
import { withHelp } from '../values/help.ts';
import { piecesOf } from '../values/prose.ts';
import { positionOf } from './place.ts';

/** Returns the underlines for a text. Problems without a line are only in the list of problems. */
export function diagnosticsOf(doc: Text, problems: readonly Problem[]): Diagnostic[] {
  return problems.flatMap((problem) => {
    const at = positionOf(doc, problem.at);
    if (at === null) return [];
    // At the end of a line there is nothing to underline, so the character before it is.
    const end = Math.min(at + problem.length, doc.lineAt(at).to);
    const from = end > at ? at : Math.max(doc.lineAt(at).from, at - 1);
    const { severity } = problem;
    const message = withHelp(problem);
    return [
      { from, to: Math.max(end, from), severity, message, renderMessage: () => proseOf(message) },
    ];
  });
}

/** Renders the message of a tooltip, which is outside of Svelte. */
function proseOf(message: string): Node {
  const prose = document.createElement('span');
  for (const { text, code } of piecesOf(message)) {
    const piece = code ? document.createElement('code') : document.createTextNode('');
    piece.textContent = text;
    prose.append(piece);
  }
  return prose;
}
