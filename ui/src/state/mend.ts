// The change of the settings that mends an error, if one change does.

import { BOUNDS, type Limits, type Problem, type Settings, type WireError } from '../protocol.ts';
import { LIMITS } from '../values/controls.ts';
import { words } from '../words/state/mend.ts';

/** The limit that each error is about. */
const LIMIT_OF = new Map<string, keyof Limits>([
  ['memory_limit', 'memory_pages'],
  ['table_limit', 'table_elements'],
  ['call_time', 'call_ms'],
  ['stack_overflow', 'stack_kib'],
]);

/** A limit that is reached is raised to so many times its value. A memory gets all that it can have. */
const TIMES = 10;

/** A change of the settings, and its name for people. */
export interface Mend {
  title: string;
  change: Partial<Settings>;
}

/** Returns the change that mends an error, or null if no single one does. */
export function mendOf(
  { proposals, limits }: Settings,
  error: Pick<WireError | Problem, 'code' | 'proposal'> & Pick<WireError, 'trap'>,
): Mend | null {
  const { code, proposal, trap } = error;
  if (code === 'invalid_module' && proposal !== undefined && Object.hasOwn(proposals, proposal))
    return {
      title: words.turnOn(proposal),
      change: { proposals: { ...proposals, [proposal]: true } },
    };
  const name = LIMIT_OF.get(trap ?? code);
  if (name === undefined) return null;
  const { most } = BOUNDS[name];
  const value = name === 'memory_pages' ? most : Math.min(most, TIMES * limits[name]);
  if (value <= limits[name]) return null;
  return {
    title: name === 'memory_pages' ? words.allowMemory : words.raise(LIMITS[name], value),
    change: { limits: { ...limits, [name]: value } },
  };
}
