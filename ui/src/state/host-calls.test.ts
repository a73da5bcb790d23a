import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../client.ts';
import { RequestError } from '../platform/errors.ts';
import type { CallsView, HostCall } from '../protocol.ts';
import { HostCalls } from './host-calls.svelte.ts';

const call = (sequence: number, running = false): HostCall => ({
  sequence,
  at_ns: '5',
  took_ns: null,
  module: 'env',
  name: 'f',
  arguments: [],
  ended: running ? { end: 'running' } : { end: 'returned', results: [] },
  read: [],
  wrote: [],
  unlisted: [],
  replayed: false,
});

const view = (
  generation: number,
  calls: HostCall[],
  last = calls.at(-1)?.sequence ?? 0,
): CallsView => ({
  generation,
  calls,
  last,
  total: last,
  dropped: 0,
  paused: false,
  replay: null,
  replayed: null,
});

/** Returns one view after the other, and remembers the sequence numbers in the requests. */
function clientOf(views: (CallsView | RequestError)[]) {
  const after: number[] = [];
  const read = vi.fn((params: { after: number }) => {
    after.push(params.after);
    const next = views.shift() ?? view(1, []);
    return next instanceof RequestError ? Promise.reject(next) : Promise.resolve(next);
  });
  return { after, client: { 'calls.read': read } as unknown as Client };
}

const sequences = (calls: HostCalls) => calls.calls.map((one) => one.sequence);

describe('the record of host calls', () => {
  it('is read on from the last call that is known, until there is no more', async () => {
    const { client, after } = clientOf([view(1, [call(1), call(2)], 3), view(1, [call(3)])]);
    const calls = new HostCalls();
    await calls.read(client, 1);
    expect(sequences(calls)).toEqual([1, 2, 3]);
    await calls.read(client, 1);
    expect(after).toEqual([0, 2, 3]);
    expect(sequences(calls)).toEqual([1, 2, 3]);
  });

  it('is read once more where it was asked for while an answer was on its way, which may be older', async () => {
    const { client, after } = clientOf([view(1, []), view(1, [call(1)])]);
    const calls = new HostCalls();
    await Promise.all([calls.read(client, 1), calls.read(client, 1), calls.read(client, 1)]);
    expect(after).toEqual([0, 0]);
    expect(sequences(calls)).toEqual([1]);
  });

  it('begins anew with another instance', async () => {
    const { client, after } = clientOf([
      view(1, [call(1), call(2)]),
      view(2, []),
      view(2, [call(1)]),
    ]);
    const calls = new HostCalls();
    await calls.read(client, 1);
    await calls.read(client, 1);
    expect(after).toEqual([0, 2, 0]);
    expect(sequences(calls)).toEqual([1]);
  });

  it('reads a call that was still running once more', async () => {
    const { client, after } = clientOf([view(1, [call(1), call(2, true)]), view(1, [call(2)])]);
    const calls = new HostCalls();
    await calls.read(client, 1);
    await calls.read(client, 1);
    expect(after).toEqual([0, 1]);
    expect(calls.calls.map((one) => one.ended.end)).toEqual(['returned', 'returned']);
  });

  it('is empty where there is no instance', async () => {
    const gone = new RequestError({ code: 'no_instance', message: 'gone' });
    const { client } = clientOf([view(1, [call(1)]), gone]);
    const calls = new HostCalls();
    await calls.read(client, 1);
    await calls.read(client, 1);
    expect(sequences(calls)).toEqual([]);
  });
});
