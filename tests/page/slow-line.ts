// A connection that delays each message by its own time, to find false assumptions of the page or
// of a test about their order.

import { type Page } from 'playwright-core';

/**
 * The longest delay of a message in milliseconds. Half of the messages have none.
 * `WATSHOP_SLOW_LINE=400 npm test -- page` sets it.
 */
const MOST = Number(process.env.WATSHOP_SLOW_LINE ?? 0);

/**
 * Slows the page's connection down, if a delay is set. The workbench's promises hold on it: events
 * keep their order, and the events that a request caused arrive before its reply. Replies have no
 * order.
 */
export async function slowDown(page: Page): Promise<void> {
  if (MOST === 0) return;
  await page.addInitScript((most) => {
    const pass = (): Promise<void> => {
      const time = Math.random() < 0.5 ? 0 : Math.random() * most;
      return time === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, time));
    };
    const isReply = (data: unknown) =>
      typeof data !== 'string' || typeof (JSON.parse(data) as { id?: unknown }).id === 'number';

    class SlowSocket extends WebSocket {
      #events = Promise.resolve();

      override set onmessage(handler: (message: MessageEvent) => void) {
        super.onmessage = (message: MessageEvent) => {
          const here = this.#events.then(pass);
          if (!isReply(message.data)) this.#events = here;
          void here.then(() => handler(message));
        };
      }
    }
    window.WebSocket = SlowSocket;
  }, MOST);
}
