import { describe, expect, it, vi } from 'vitest';
import type { EditReply } from '../protocol.ts';
import { Draft } from './draft.ts';

/** A workbench with one text, which can be out of reach. */
class Workbench {
  text = '(module)';
  revision = 1;
  away = false;
  failures: unknown[] = [];
  /** Characters that were sent to it. */
  heard = 0;

  draft(): Draft {
    return new Draft(this.text, this.revision, [], {
      change: ({ from, to, insert, length }, after) => {
        const text = this.text.slice(0, from) + insert + this.text.slice(to);
        return this.#take(text, after, insert.length, text.length === length);
      },
      replace: (text, after) => this.#take(text, after, text.length, true),
      read: () => Promise.resolve({ text: this.text, revision: this.revision }),
      failed: (error) => this.failures.push(error),
    });
  }

  /** Another window puts a text in. */
  put(text: string): void {
    this.text = text;
    this.revision++;
  }

  #take(text: string, after: number, sent: number, fits: boolean): Promise<EditReply> {
    if (this.away) return Promise.reject(new Error('away'));
    this.heard += sent;
    const taken = fits && after === this.revision;
    if (taken) this.put(text);
    return Promise.resolve({ revision: this.revision, taken });
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
    await vi.advanceTimersByTimeAsync(59);
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

  it('sends what changed and not the whole text', async () => {
    const workbench = new Workbench();
    workbench.text = `(module ${'x'.repeat(5_000_000)})`;
    const draft = workbench.draft();
    type(draft, ';;', 8);
    await draft.flush();
    expect([workbench.text.slice(0, 11), workbench.heard]).toEqual(['(module ;;x', 2]);
  });

  it('is made anew of what another window was first with, of which nothing was told yet', async () => {
    const workbench = new Workbench();
    const draft = workbench.draft();
    type(draft, ' mine');
    workbench.put(';; theirs\n(module)');
    workbench.put(';; theirs too\n(module)');
    await draft.flush();
    expect(workbench.text).toBe(';; theirs too\n(module) mine');
    expect([draft.text, draft.unsent]).toEqual([workbench.text, false]);
  });

  it('heals a text that is another one at the same revision by sending all of it', async () => {
    const workbench = new Workbench();
    const draft = workbench.draft();
    workbench.text = '(module)\r\n;; something went lost';
    type(draft, ' mine');
    await draft.flush();
    expect(workbench.text).toBe('(module) mine');
    expect(draft.unsent).toBe(false);
  });

  it('knows its long edit when it is told of it, before the reply, and takes what comes after it once', async () => {
    const workbench = new Workbench();
    const draft = workbench.draft();
    type(draft, ' pasted');
    const sent = draft.flush();
    await Promise.resolve();
    expect(draft.landed(3), 'another revision').toBe(false);
    expect(draft.landed(2)).toBe(true);
    const change = { from: 0, to: 0, insert: ';; theirs\n', length: 25 };
    expect(draft.follow(change, 3, false)).toBe(true);
    await sent;
    expect([draft.text, draft.revision]).toEqual([';; theirs\n(module) pasted', 3]);
    expect(draft.landed(4), 'nothing is on its way').toBe(false);
  });

  it('reads the text of the workbench only while no edit is on its way', async () => {
    const workbench = new Workbench();
    const draft = workbench.draft();
    type(draft, ' pasted');
    void draft.flush();
    await draft.alone(() => {
      expect([draft.sending, draft.revision]).toEqual([false, 2]);
      draft.receive(workbench.text, workbench.revision);
      return Promise.resolve();
    });
    expect(draft.text).toBe('(module) pasted');
  });

  it('takes what another window typed, beside its own', async () => {
    const workbench = new Workbench();
    const draft = workbench.draft();
    type(draft, ' mine');
    workbench.put(';; theirs\n(module)');
    draft.receive(workbench.text, workbench.revision);
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
    const workbench = new Workbench();
    workbench.text = '(module)\r\n';
    const draft = workbench.draft();
    expect(draft.follow({ from: 10, to: 10, insert: ';; more', length: 17 }, 2, false)).toBe(false);
  });
});
