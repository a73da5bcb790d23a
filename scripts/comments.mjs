// The comments, the doc comments and the texts for people of a source file. It is good enough to
// count words, but it is not a parser.

const FIRST_WORDS =
  /^(of|to|in|on|at|by|for|from|with|without|beside|behind|below|above|after|before|between|under|over|until|into|within|among|as|what|which|who|whom|whose|where|when|whether|why|how)\b/i;

/** Returns all comments of a file as one text, and its doc comments one by one. */
export function commentsOf(text, file) {
  return file.endsWith('.rs') ? ofRust(text) : ofPage(text);
}

/** Returns true if a doc comment begins with a preposition or a question word. */
export function isFragment(doc) {
  return FIRST_WORDS.test(doc.replace(/^[`*_[("']+/, ''));
}

function ofRust(text) {
  const comments = [];
  const docs = [];
  let open = false;
  for (const line of text.split('\n')) {
    const [, mark, words] = /^\s*(\/\/[/!]?)(.*)$/.exec(line) ?? [];
    if (mark === '///' || mark === '//!') {
      if (open) docs[docs.length - 1] += ` ${words.trim()}`;
      else docs.push(words.trim());
    }
    open = mark === '///' || mark === '//!';
    if (mark) comments.push(words);
  }
  return { comments: comments.join(' '), docs };
}

function ofPage(text) {
  const docs = [...text.matchAll(/\/\*\*([\s\S]*?)\*\//g)].map(([, words]) =>
    words.replace(/^\s*\*/gm, '').trim(),
  );
  const lines = [...text.matchAll(/^\s*\/\/(.*)$/gm)].map(([, words]) => words);
  const marks = [...text.matchAll(/<!--([\s\S]*?)-->/g)].map(([, words]) => words);
  return { comments: [...docs, ...lines, ...marks].join(' '), docs };
}

/**
 * Returns the lines that people see, with their numbers: all of a document, and of a source all but
 * its comments.
 */
export function proseOf(text, file) {
  const lines = text.split('\n').map((line, at) => [at + 1, line]);
  if (/\.(md|txt)$/.test(file)) return lines;
  if (file.endsWith('.wat')) return lines.filter(([, line]) => line.startsWith(';;'));
  // Clap prints the doc comments of the command line.
  const comment = file.endsWith('/arguments.rs')
    ? /^\s*(\/\/(?!\/)|\/\*|\*|<!--)/
    : /^\s*(\/\/|\/\*|\*|<!--)/;
  return lines.filter(([, line]) => !comment.test(line));
}
