import { expect, test } from 'vitest';
import { past, randomRuns } from '../graph/past-testing.ts';
import { timelineTable } from './timeline.ts';

test('a table of stored runs is that of their records, and newer ones come after them', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const runs = randomRuns(seed, seed);
    const newer = randomRuns(1000 + seed, seed % 3);
    expect(timelineTable(newer, past(runs))).toEqual(timelineTable([...runs, ...newer]));
  }
});
