// Fixture: a third test that passes at the second try only, and one that never does if it is asked
// for.

import { expect, test } from 'vitest';

test('third', ({ task }) => expect(task.result?.retryCount).toBe(1));
test.runIf(process.env.FIXTURE_FAILS)('never', () => expect(1).toBe(2));
