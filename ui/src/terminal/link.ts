// The links that the terminal opens.

/** Returns true if a link of a program leads to the Web, and not to a file or a script. */
export function isWebLink(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
