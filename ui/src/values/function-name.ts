/**
 * Returns the name of a function for people: its name in the text, else the name of an export, in
 * quotes, else its index.
 */
export function functionName(index: number, name: string | null | undefined): string {
  if (name === null || name === undefined || name === '') return `function ${index}`;
  return name.startsWith('"') ? `${name} (function ${index})` : `$${name.replace(/^\$/, '')}`;
}
