// The made-up language of the tests. It is made of the English sentences: each letter has an accent, each sentence is
// 40 % longer, and what a sentence is made of (names, numbers, code) stays as it is. So text of the page without accents is
// not in the catalogue.

import ts from 'typescript';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'áƀçđéƒǧĥíĵķłɱñóþǫŕšťúṽŵẋýžÁƁÇĐÉƑǦĤÍĴĶŁṂÑÓÞǪŔŠŤÚṼŴẊÝŽ';
const LETTERS = new Map([...PLAIN].map((letter, index) => [letter, [...ACCENTED][index]]));

/** Code and keys in a sentence, which every language leaves as they are. */
const KEPT = /`[^`]*`|\[\[.*?\]\]|\{\^?\w+\}/g;

/** Returns an expression of the catalogue with its sentences in the made-up language. */
export function madeUp(root) {
  const edits = [];
  const replace = (node, text) => edits.push({ from: node.getStart(), to: node.end, text });
  const visit = (node) => {
    if (ts.isTypeNode(node)) return;
    if (ts.isPropertyAssignment(node)) return visit(node.initializer);
    if (ts.isStringLiteralLike(node)) {
      const { parent } = node;
      if (ts.isBinaryExpression(parent) && parent.operatorToken.getText().includes('==')) return;
      const one = JSON.stringify(longer(node.text));
      const noun = ts.isCallExpression(parent) && parent.expression.getText() === 'count';
      const alone = noun && parent.arguments.length === 2;
      replace(node, alone ? `${one}, ${JSON.stringify(longer(`${node.text}s`))}` : one);
    } else if (ts.isTemplateExpression(node)) {
      const all = [node.head, ...node.templateSpans.map(({ literal }) => literal)];
      const more = paddingOf(all.map(({ text }) => text).join(''));
      all.forEach((part, index) => {
        const raw = part.getText();
        const close = raw.endsWith('${') ? '${' : '`';
        const last = index === all.length - 1;
        const body = accented(raw.slice(1, -close.length));
        replace(part, `${raw[0]}${body}${last ? more : ''}${close}`);
      });
      node.templateSpans.forEach(({ expression }) => visit(expression));
    } else ts.forEachChild(node, visit);
  };
  visit(root);
  const start = root.getStart();
  const text = edits
    .sort((a, b) => b.from - a.from)
    .reduce(
      (all, { from, to, text: by }) => all.slice(0, from - start) + by + all.slice(to - start),
      root.getText(),
    );
  const made = ts.createSourceFile('made-up.ts', `(${text})`, ts.ScriptTarget.Latest, true);
  return made.statements[0].expression.expression;
}

/** Returns a sentence in the made-up language. */
export function longer(text) {
  return accented(text) + paddingOf(text);
}

function accented(text) {
  let end = 0;
  let out = '';
  const change = (piece) =>
    piece.replace(/\\[nt]|[a-zA-Z]/g, (letter) => LETTERS.get(letter) ?? letter);
  for (const { 0: kept, index } of text.matchAll(KEPT)) {
    out += change(text.slice(end, index)) + kept;
    end = index + kept.length;
  }
  return out + change(text.slice(end));
}

/** Returns what makes a sentence 40 % longer: words, so that it can be broken where words can. */
function paddingOf(text) {
  const letters = (text.replace(KEPT, '').match(/[a-zA-Z]/g) ?? []).length;
  const wanted = Math.ceil(letters * 0.4);
  const words = ' šéýťáɱóñ'
    .repeat(Math.ceil(wanted / 9))
    .slice(0, wanted)
    .trimEnd();
  return wanted > 0 && words === '' ? 'é' : words;
}
