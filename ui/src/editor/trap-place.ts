// Where a guest trapped, as far as it can be marked in a text.

import type { TrapFrame, WireError } from '../protocol.ts';
import { functionName } from '../values/function-name.ts';

/** The line on which a guest trapped, or on which the function begins that it trapped in. */
export interface TrapPlace {
  /** From 1. */
  line: number;
  /** Whether it is the line itself, and not only its function's first. */
  exact: boolean;
  /** What there is to say of it. */
  words: string;
}

/** Whether it is only known which function it was: then the frame's place is where that begins. */
export function isImprecise(frame: TrapFrame): boolean {
  return frame.imprecise === true;
}

/**
 * Where in the tab's own text a guest was when it trapped or was stopped; none where no line of it
 * is known.
 */
export function trapPlaceOf(error: WireError): TrapPlace | null {
  const own = error.frames?.find((frame) => !frame.elsewhere);
  if (!own && error.trap === undefined) return null;
  const imprecise = own !== undefined && isImprecise(own);
  const line = imprecise ? own.at.line : (error.at?.line ?? own?.at.line);
  if (line === undefined) return null;
  const [begin, what] = error.trap === undefined ? ['Here', 'was'] : ['Trapped here', 'trapped'];
  if (!imprecise) return { line, exact: true, words: `${begin}: ${error.message}` };
  const name = functionName(own.function, own.name);
  return {
    line,
    exact: false,
    words: `It ${what} somewhere in ${name}. The compiler does not tell the exact place.`,
  };
}
