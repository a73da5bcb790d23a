/** Returns the title of a new tab, with the first number that tells it from the open ones. */
export function untitled(taken: readonly string[]): string {
  let title = 'untitled.wat';
  for (let number = 2; taken.includes(title); number++) title = `untitled-${number}.wat`;
  return title;
}
