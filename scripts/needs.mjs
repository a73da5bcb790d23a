// The needs of Watshop that no script can install, each as a sentence if it is not met.

import { statfsSync } from 'node:fs';

/** The free space that the first build needs, in bytes: the executables and all that they are made of. */
export const SPACE = 6e9;

/** Returns the sentence for a version of Node that is too old, or undefined. */
export function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `Watshop needs Node 20.19 or newer; this is ${version}. https://nodejs.org has newer ones, as have nvm and apt.`;
}

/** Returns the sentence for too little free space in bytes, or undefined. */
export function spaceProblem(free, folder) {
  if (free >= SPACE) return undefined;
  const gb = (bytes) => (bytes / 1e9).toFixed(1);
  return `The first build needs about ${gb(SPACE)} GB; ${folder} has ${gb(free)} GB free. Free some space, or clone into a folder of another disk. What is already built stays.`;
}

/** Returns the free space of a folder's disk, in bytes. */
export function freeSpace(folder) {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
