// The table of the instructions of each function.

import type { InstructionCounts } from '../protocol.ts';
import { functionName } from '../values/function-name.ts';
import { words } from '../words/measure/instructions.ts';
import type { Table } from './rows.ts';

/** The most rows that are drawn. Other functions have little to say. */
export const MOST_ROWS = 200;

/** Returns the functions with most instructions, each with its share and its calls. */
export function instructionsTable({ functions, total }: InstructionCounts): Table {
  const rows = functions
    .slice(0, MOST_ROWS)
    .map(({ index, name, instructions, calls }) => [
      functionName(index, name),
      instructions.toLocaleString('en'),
      `${((100 * instructions) / Math.max(1, total)).toFixed(1)} %`,
      calls.toLocaleString('en'),
    ]);
  return { columns: [words.function, words.heading, words.share, words.calls], rows };
}
