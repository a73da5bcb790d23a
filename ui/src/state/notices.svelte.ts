// Short messages that disappear by themselves, and errors that stay.

import { ConnectionError, RequestError } from '../platform/errors.ts';
import { helpOf } from '../values/help.ts';

/** A message that belongs to no panel. */
export interface Notice {
  id: number;
  tone: 'error' | 'info';
  message: string;
  /** The next step for the person, or an empty text. */
  help: string;
  /** The button beside it, if there is one. */
  action?: Action | undefined;
}

/** A button of a notice. */
export interface Action {
  label: string;
  press(): void;
}

/** The most notices at once. An older one has been read by then, or never will be. */
const MOST = 4;
/** The milliseconds that an informal notice stays. Errors stay until they are dismissed. */
const STAY = 5000;
/** The milliseconds that a notice with a button stays. */
const STAY_TO_ACT = 12_000;

/** The notices at the edge of the page, oldest first. */
export class Notices {
  list: Notice[] = $state([]);
  #lastId = 0;

  /** Shows a message about a success, with a button that takes it back, for example. */
  info(message: string, action?: Action): void {
    // The button of an earlier notice with the same words would act on the earlier thing.
    if (action) this.list = this.list.filter((one) => one.message !== message);
    const id = this.#add({ tone: 'info', message, help: '', action });
    setTimeout(() => this.dismiss(id), action ? STAY_TO_ACT : STAY);
  }

  /** Shows an error. A lost connection has its own banner and needs no notice for each request. */
  error(error: unknown, action?: Action): void {
    if (error instanceof ConnectionError) return;
    if (error instanceof RequestError) {
      const { message } = error.wire;
      this.#add({ tone: 'error', message, help: helpOf(error.wire), action });
    } else {
      console.error(error);
      this.#add({
        tone: 'error',
        message: error instanceof Error ? error.message : String(error),
        help: '',
      });
    }
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  #add(notice: Omit<Notice, 'id'>): number {
    const same = this.list.find(
      (one) => one.message === notice.message && one.tone === notice.tone,
    );
    if (same) return same.id;
    const id = ++this.#lastId;
    this.list = [...this.list, { ...notice, id }].slice(-MOST);
    return id;
  }
}
