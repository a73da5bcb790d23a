import { describe, expect, it } from 'vitest';
import { clientOf } from './client.ts';
import { METHODS } from './protocol.ts';

describe('the client', () => {
  it('has every method of the registry, and asks for it by its name', async () => {
    const asked: string[] = [];
    const client = clientOf({
      request: (method) => {
        asked.push(method);
        return Promise.resolve({ value: {}, bytes: new Uint8Array(0) });
      },
    });
    expect(Object.keys(client)).toEqual(METHODS);
    for (const method of METHODS) await (client[method] as () => Promise<unknown>)();
    expect(asked).toEqual(METHODS);
  });
});
