/** What a function is called: by its name in the text, by an export of it, or by its index alone. */
export function describeFunction(name: string | null | undefined, index: number): string {
  if (name === null || name === undefined) return `func ${index}`;
  // The workbench puts the name of an export in quotes; the text has no name for such a function.
  if (name.startsWith('"')) return `${name} (func ${index})`;
  return `$${name.replace(/^\$/, '')}`;
}
