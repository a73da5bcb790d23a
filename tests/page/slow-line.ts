// A line on which every message takes its own time, to find what the page or a test takes for
// granted about their order.

import { type Page } from 'playwright-core';

/**
 * Milliseconds that a message takes at most, half of them none at all: `WATSHOP_SLOW_LINE=400 npm
 * test -- page`.
 */
const MOST = Number(process.env.WATSHOP_SLOW_LINE ?? 0);

/**
 * Puts the page on such a line, where one is asked for. What the workbench promises holds on it:
 * events keep their order, and what a request caused has arrived when its reply does. Replies have
 * no order.
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
