// The escape sequences that programs write for terminals.

/* eslint-disable no-control-regex -- Control characters are its subject. */
/** CSI sequences; strings such as titles, up to their end; all other sequences. */
const SEQUENCE =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-Z\\^-~]/g;

/** Returns the text without escape sequences, as a person reads it. */
export function plainText(text: string): string {
  return text.includes('\x1b') ? text.replace(SEQUENCE, '') : text;
}
