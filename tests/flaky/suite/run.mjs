// Fixture: a run as `npm test` makes it, over the named stages.

import { join } from 'node:path';
import { gatherFlaky } from '../../../scripts/flaky.mjs';
import { run } from '../../../scripts/steps.mjs';

const [file, ...stages] = process.argv.slice(2);
gatherFlaky(file);
for (const stage of stages) {
  if (stage === 'fail') run('false', []);
  run('npx', [
    'vitest',
    'run',
    '--config',
    join(import.meta.dirname, 'vitest.config.ts'),
    `${stage}/`,
  ]);
}
console.log('The end was reached.');
