import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../client.ts';
import { OUTPUT_SHOWN_EVERY, type Race, type TabSummary, type TabView } from '../protocol.ts';
import { Notices } from './notices.svelte.ts';
import { Tab } from './tab.svelte.ts';

/** A tab whose requests are answered when a test says so, in any order. */
function tabWithLateReplies() {
  const waiting: ((reply: unknown) => void)[] = [];
  const request = () => new Promise((resolve) => waiting.push(resolve));
  const methods = { 'tab.race': request, 'tab.move_up': request, 'tab.get': request };
  const client = {
    ...methods,
    'imports.list': () => Promise.reject(new Error('It has none.')),
  } as unknown as Client;
  const ignore = () => undefined;
  const tab = new Tab({ id: 1 } as TabSummary, {
    ...{ client, notices: new Notices(), name: 'page', attend: ignore, giveBack: ignore },
  });
  tab.loaded = true;
  return {
    tab,
    tell: (race: Race) => tab.receive({ event: 'race', tab: 1, race }),
    reply: (at: number, value: unknown) => waiting[at]?.(value),
  };
}

const ORDER = { contenders: [], export: null, arguments: [], ends_with_page: false };

function race(revision: number, over: boolean): Race {
  return {
    ...{ export: null, arguments: [], lanes: [], together: 1, used: null },
    ...{ revision, over },
  };
}

describe('the race of a tab is the one that was told of last', () => {
  const [older, newer] = [race(1, true), race(2, false)];

  test('a reply to an older race comes too late', async () => {
    const { tab, tell, reply } = tabWithLateReplies();
    const began = tab.beginRace(ORDER);
    tell(race(1, false));
    tell(older);
    const next = tab.beginRace(ORDER);
    tell(newer);
    reply(0, older);
    await began;
    expect(tab.race).toEqual(newer);
    const end = race(2, true);
    tell(end);
    reply(1, newer);
    await next;
    expect(tab.race).toEqual(end);
  });

  test('a reply to the move to another contender comes too late', async () => {
    const { tab, tell, reply } = tabWithLateReplies();
    tell(older);
    const moved = tab.moveUp(1);
    tell(newer);
    reply(0, older);
    await moved;
    expect(tab.race).toEqual(newer);
  });

  test('the whole tab, which was read before, comes too late', async () => {
    const view = (of: Race) =>
      ({
        ...{ summary: { id: 1 }, settings: null, text: null, revision: 1, race: of },
        ...{ module: null, passport: null, maker: null, state: { state: 'idle' }, instance: null },
        ...{ history: [], report: null, console: [], problems: [] },
      }) as unknown as TabView;
    const { tab, tell, reply } = tabWithLateReplies();
    tab.loaded = false;
    const first = tab.fetch();
    tell(newer);
    reply(0, view(older));
    await first;
    expect(tab.race).toEqual(newer);
    const again = tab.fetch();
    reply(1, view(older));
    await again;
    expect(tab.race, 'no event came after it').toEqual(older);
  });
});

describe('the workbench is told that output is drawn', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** A tab that gets output, and the ends that it tells the workbench of. */
  function tabThatDraws(hidden: boolean) {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    vi.stubGlobal('document', { hidden });
    vi.stubGlobal('requestAnimationFrame', (frame: () => void) => setTimeout(frame));
    const told: number[] = [];
    const shown = ({ end }: { end: number }) => Promise.resolve(told.push(end));
    const ignore = () => undefined;
    const tab = new Tab({ id: 1 } as TabSummary, {
      client: { 'tab.output_shown': shown } as unknown as Client,
      ...{ notices: new Notices(), name: 'page', attend: ignore, giveBack: ignore },
    });
    tab.loaded = true;
    const write = (end: number) =>
      tab.receive({ event: 'console', tab: 1, chunks: [], skipped: 0, end });
    return { told, write };
  }

  test('after the next frame, and only of much', () => {
    const { told, write } = tabThatDraws(false);
    write(OUTPUT_SHOWN_EVERY - 1);
    vi.runAllTimers();
    expect(told).toEqual([]);
    write(OUTPUT_SHOWN_EVERY);
    write(OUTPUT_SHOWN_EVERY + 5);
    expect(told).toEqual([]);
    vi.runAllTimers();
    expect(told).toEqual([OUTPUT_SHOWN_EVERY + 5]);
    write(2 * OUTPUT_SHOWN_EVERY + 4);
    vi.runAllTimers();
    expect(told).toHaveLength(1);
    write(2 * OUTPUT_SHOWN_EVERY + 5);
    vi.runAllTimers();
    expect(told).toHaveLength(2);
  });

  test('also after Watshop was started anew, which counts from the beginning', () => {
    const { told, write } = tabThatDraws(false);
    write(9 * OUTPUT_SHOWN_EVERY);
    vi.runAllTimers();
    write(OUTPUT_SHOWN_EVERY);
    vi.runAllTimers();
    expect(told).toEqual([9 * OUTPUT_SHOWN_EVERY, OUTPUT_SHOWN_EVERY]);
  });

  test('at once in a page that is not seen, as it has no frames', () => {
    const { told, write } = tabThatDraws(true);
    write(OUTPUT_SHOWN_EVERY);
    expect(told).toEqual([OUTPUT_SHOWN_EVERY]);
  });
});
