// The place of a trap, as far as it can be marked in a text.

import type { TrapFrame, WireError } from '../protocol.ts';
import { functionName } from '../values/function-name.ts';
import { words as say } from '../words/editor/trap-place.ts';

/** The line on which a guest trapped, or the first line of the function in which it trapped. */
export interface TrapPlace {
  /** The number of the line, from 1. */
  line: number;
  /** True for the line of the trap, false for the function's first. */
  exact: boolean;
  /** True if the guest was stopped by hand, which is no failure. */
  stopped: boolean;
  /** The text of the mark. */
  words: string;
}

/**
 * Returns true if only the function of a frame is known. Its place is then the function's
 * beginning.
 */
export function isImprecise(frame: TrapFrame): boolean {
  return frame.imprecise === true;
}

/**
 * Returns the place in the tab's own text at which a guest trapped or was stopped, or null if its
 * line is not known.
 */
export function trapPlaceOf(error: WireError): TrapPlace | null {
  const own = error.frames?.find((frame) => !frame.elsewhere);
  if (!own && error.trap === undefined) return null;
  const imprecise = own !== undefined && isImprecise(own);
  const line = imprecise ? own.at.line : (error.at?.line ?? own?.at.line);
  if (line === undefined) return null;
  const stopped = error.code === 'stopped';
  const [begin, what] = error.trap === undefined ? [say.here, 'was'] : [say.trappedHere, 'trapped'];
  if (!imprecise) return { line, exact: true, stopped, words: `${begin}: ${error.message}` };
  const name = functionName(own.function, own.name);
  return {
    line,
    exact: false,
    stopped,
    words: say.somewhereCompilerDoesNot(what, name),
  };
}
