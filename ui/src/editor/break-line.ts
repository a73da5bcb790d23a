// Enter in the text.

import { indentString, indentUnit, syntaxTree } from '@codemirror/language';
import { countColumn, type StateCommand } from '@codemirror/state';

/**
 * Breaks a line in front of a closing bracket, which has come by itself: what is typed next is in
 * its list, and indented so. Any other line is left to the usual Enter.
 */
export const breakLine: StateCommand = ({ state, dispatch }) => {
  const { main, ranges } = state.selection;
  const at = main.head;
  if (state.readOnly || ranges.length > 1 || !main.empty) return false;
  const bracket = syntaxTree(state).resolveInner(at, 1);
  const list = bracket.parent;
  if (bracket.name !== ')' || bracket.from !== at || !list) return false;
  const line = state.doc.lineAt(list.from).text;
  const column = countColumn(/^\s*/.exec(line)?.[0] ?? '', state.tabSize);
  const unit = state.facet(indentUnit).length;
  const insert = state.lineBreak + indentString(state, column + unit);
  dispatch(
    state.update(state.replaceSelection(insert), { scrollIntoView: true, userEvent: 'input' }),
  );
  return true;
};
