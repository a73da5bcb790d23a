import { describe, expect, it, vi } from 'vitest';
import { Draft } from './draft.ts';

/** A workbench with one text, which can be out of reach. */
class Workbench {
  text = '(module)';
  revision = 1;
  away = false;
  failures: unknown[] = [];

  draft(): Draft {
    return new Draft(this.text, this.revision, [], {
      send: (text) => {
        if (this.away) return Promise.reject(new Error('away'));
        this.text = text;
        return Promise.resolve(++this.revision);
      },
      failed: (error) => this.failures.push(error),
    });
  }
}

function type(draft: Draft, text: string, at = draft.text.length): void {
  draft.state = draft.state.update({ changes: { from: at, insert: text } }).state;
  draft.typed();
}

describe('a draft', () => {
  it('is sent a moment after the last key, once', async () => {
    vi.useFakeTimers();
    const workbench = new Workbench();
    const draft = workbench.draft();
    type(draft, 'a');
    type(draft, 'b');
    await vi.advanceTimersByTimeAsync(119);
    expect(workbench.revision).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(workbench.text).toBe('(module)ab');
    expect(workbench.revision).toBe(2);
    expect(draft.unsent).toBe(false);
    vi.useRealTimers();
  });

  it('loses nothing that is typed while the workbench is away', async () => {
    const workbench = new Workbench();
    const draft = workbench.draft();
    workbench.away = true;
    type(draft, ' typed');
    await draft.flush();
    expect(workbench.failures).toHaveLength(1);
    expect(draft.unsent).toBe(true);

    workbench.away = false;
    draft.resume(workbench.text, workbench.revision);
    await draft.flush();
    expect(workbench.text).toBe('(module) typed');
  });

  it('is sent again to a workbench that came back with an older text', async () => {
    const workbench = new Workbench();
    const draft = workbench.draft();
    type(draft, ' one');
    await draft.flush();
    workbench.text = '(module)';
    workbench.revision = 1;
    draft.resume(workbench.text, workbench.revision);
    await draft.flush();
    expect(workbench.text).toBe('(module) one');
  });

  it('is sent again by the window in which it was typed and no other, which would take back what that one adds', async () => {
    const workbench = new Workbench();
    const [mine, theirs] = [workbench.draft(), workbench.draft()];
    type(mine, ' one');
    await mine.flush();
    theirs.receive('(module) one', 2);
    workbench.text = '(module)';
    workbench.revision = 1;
    type(mine, ' two');

    mine.resume(workbench.text, workbench.revision);
    theirs.resume(workbench.text, workbench.revision);
    await mine.flush();
    await theirs.flush();
    expect(workbench.text).toBe('(module) one two');
    theirs.receive(workbench.text, workbench.revision);
    expect(theirs.text).toBe('(module) one two');
  });

  it('takes what another window typed, beside its own', async () => {
    const workbench = new Workbench();
    const draft = workbench.draft();
    type(draft, ' mine');
    draft.receive(';; theirs\n(module)', 2);
    expect(draft.text).toBe(';; theirs\n(module) mine');
    await draft.flush();
    expect(workbench.text).toBe(';; theirs\n(module) mine');
  });

  it('takes its own event once, and one that another window based on it without doubling it', () => {
    const draft = new Workbench().draft();
    type(draft, 'x');
    draft.confirm('(module)x', 2);
    draft.receive('(module)xy', 3);
    expect(draft.text).toBe('(module)xy');
    draft.confirm('(module)x', 2);
    expect(draft.unsent).toBe(false);
  });

  it('is not edited by having another kind of line end', () => {
    const workbench = new Workbench();
    workbench.text = '(module\r\n)\r\n';
    const draft = workbench.draft();
    expect(draft.unsent).toBe(false);
    draft.receive('(module\r\n)\r\n\r\n', 2);
    expect(draft.unsent).toBe(false);
  });

  it('follows the changes of another window step by step, and says where one is missing', () => {
    const draft = new Workbench().draft();
    type(draft, ' mine');
    const change = { from: 1, to: 7, insert: 'component', length: 11 };
    expect(draft.follow(change, 3, false), 'a step is missing').toBe(false);
    expect(draft.follow({ ...change, length: 12 }, 2, false), 'it is of another text').toBe(false);
    expect(draft.follow({ ...change, to: 99 }, 2, false), 'it is of a longer text').toBe(false);
    expect(draft.text).toBe('(module) mine');
    expect(draft.follow(change, 2, false)).toBe(true);
    expect([draft.text, draft.revision, draft.unsent]).toEqual(['(component) mine', 2, true]);
    expect(draft.follow({ from: 0, to: 11, insert: '', length: 0 }, 3, false)).toBe(true);
    expect(draft.text).toBe(' mine');
  });

  it('takes its own change as what the workbench has', () => {
    const draft = new Workbench().draft();
    type(draft, ' mine');
    expect(draft.follow({ from: 8, to: 8, insert: ' mine', length: 13 }, 2, true)).toBe(true);
    expect([draft.text, draft.revision, draft.unsent]).toEqual(['(module) mine', 2, false]);
  });

  it('does not follow a text with other line ends', () => {
    const draft = new Draft('(module)\r\n', 1, [], {
      send: () => Promise.resolve(2),
      failed: () => undefined,
    });
    expect(draft.follow({ from: 10, to: 10, insert: ';; more', length: 17 }, 2, false)).toBe(false);
  });
});
