// Fixture: a third test that passes only at the second try, and on demand one that never does.

import { expect, test } from 'vitest';

test('third', ({ task }) => expect(task.result?.retryCount).toBe(1));
test.runIf(process.env.FIXTURE_FAILS)('never', () => expect(1).toBe(2));
