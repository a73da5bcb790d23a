// The words of `panels/WasiTimeline.svelte`.

import { count, grouped } from '../number.ts';

export const words = {
  record: 'Record',
  recordTitle: 'Record each call of WASI from now on',
  filterPlaceholder: 'Filter by path, argument or error',
  filter: 'Filter WASI calls',
  functionChoice: 'WASI function',
  allFunctions: 'All functions',
  errors: 'Errors',
  totals: 'Totals',
  totalsTitle: 'Counts and times by function',
  rules: (number: number) => (number === 0 ? 'Rules' : `Rules (${number})`),
  rulesTitle: 'Calls that fail, wait or do nothing',
  clearCalls: 'Clear WASI calls',
  clear: 'Clear',
  state: 'WASI calls state',
  summary: (total: number, gone: number, found: number | null) => {
    const of = found === null ? '' : `${grouped(found)} of `;
    const dropped = gone > 0 ? `, the oldest ${grouped(gone)} are gone` : '';
    return `${of}${count(total, 'call')}${dropped}`;
  },
  table: 'WASI calls table',
  nonePasses: 'No recorded call passes the filter.',
  pressRun:
    'Press **Run**: each call of WASI appears here with its arguments, its result and its time.',
  pressRecord:
    'Press **Record**, then **Run**. Each call of WASI appears here with its arguments, its result and its time.',
  calls: 'Calls of WASI',
  number: '#',
  time: 'Time',
  function: 'Function',
  arguments: 'Arguments',
  result: 'Result',
  took: 'Took',
  call: (number: number) => `Call ${number}`,
  rule: (number: number) => `rule ${number}`,
  ruleDecided: (number: number) => `Rule ${number} decided this call.`,
  detail: 'WASI call in detail',
  selectBytes: 'Select these bytes in the memory viewer',
  touchedNothing: 'It touched no memory.',
};
