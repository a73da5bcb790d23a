// `npm run types`: writes ui/src/protocol.ts from crates/protocol.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANY_RUST, ROOT, fail, output } from './steps.mjs';

const text = output('cargo', [
  'run',
  '-q',
  '--release',
  ...ANY_RUST,
  '-p',
  'watshop-protocol',
  '--bin',
  'watshop-typescript',
]);
if (!text) fail('crates/protocol could not be built; `cargo build -p watshop-protocol` says why.');
writeFileSync(join(ROOT, 'ui', 'src', 'protocol.ts'), text + '\n');
