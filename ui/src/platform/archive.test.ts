import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveOf } from './archive.ts';

describe('an archive of files', () => {
  it('gives every file back to another program', () => {
    const folder = mkdtempSync(join(tmpdir(), 'watshop-archive-'));
    try {
      const path = join(folder, 'files.zip');
      const bytes = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);
      writeFileSync(
        path,
        archiveOf([
          { place: 'course/course.md', bytes: new TextEncoder().encode('title: A') },
          { place: 'course/süß/a.wat', bytes },
          { place: 'course/empty.md', bytes: new Uint8Array() },
        ]),
      );
      const read =
        'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); ' +
        'print(z.testzip()); [print(n, z.read(n).hex()) for n in z.namelist()]';
      const said = execFileSync('python3', ['-c', read, path], {
        encoding: 'utf8',
        env: { ...process.env, PYTHONIOENCODING: 'utf8' },
      });
      expect(said.trim().split('\n')).toEqual([
        'None',
        `course/course.md ${Buffer.from('title: A').toString('hex')}`,
        `course/süß/a.wat ${Buffer.from(bytes).toString('hex')}`,
        'course/empty.md',
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
