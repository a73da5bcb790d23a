/**
 * What people know a function by: its name in the text, else an export of it, which comes in
 * quotes, else its index.
 */
export function functionName(index: number, name: string | null | undefined): string {
  if (name === null || name === undefined || name === '') return `function ${index}`;
  return name.startsWith('"') ? `${name} (function ${index})` : `$${name.replace(/^\$/, '')}`;
}
