// Fixture: two tests that pass only at the second try, and one that passes at once.

import { beforeEach, expect, test } from 'vitest';
import { tellWhatWasShown } from '../../../shown';

let tries = 0;
beforeEach(({ task }) => {
  tries = (task.result?.retryCount ?? 0) + 1;
});
tellWhatWasShown(async () => `try ${tries} of a page`);

test('passes', () => expect(tries).toBe(1));
test('first', () => expect(tries).toBe(2));
test('second', () => expect(tries).toBe(2));
