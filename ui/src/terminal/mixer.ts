// One text for a terminal from several sources: each keeps its own colours.

import type { ConsoleBlock } from '../state/console.svelte.ts';
import { Style } from './style.ts';

/** The source of a block, without its text. */
export type Source = Pick<ConsoleBlock, 'stream' | 'logged'>;

/** The parameters of SGR that standard error, logs and remarks begin with. */
export interface Looks {
  stderr: string;
  log: string;
  remark: string;
}

/** The longest escape sequence that waits for its end. A longer one is passed on as it is. */
const LONGEST = 4096;

/* eslint-disable no-control-regex -- Control characters are its subject. */
/** The beginning of an escape sequence at the end of a text. */
const BEGUN = /\x1b(?:\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?|[ -/]*)?$/;
/** A change of the look of characters, or a reset of the terminal. */
const CHANGE = /\x1b(?:\[([\d;:]*)m|c|\[!p)/g;
/** The control characters and sequences that leave the cursor where it is. */
const UNSEEN = /\x1b\[[0-?]*[ -/]*m|\x07/g;

/** The sources' texts in their order, as a terminal takes them. */
export class Mixer {
  readonly #looks: Looks;
  readonly #voices = new Map<string, Voice>();
  #last: Voice | null = null;
  #atStart = true;

  constructor(looks: Looks) {
    this.#looks = looks;
  }

  /** Returns this text as the terminal has to be given it. */
  write(source: Source, text: string): string {
    const voice = this.#voiceOf(source);
    let all = voice.begun + text;
    const begun = BEGUN.exec(all)?.[0] ?? '';
    voice.begun = begun.length > LONGEST ? '' : begun;
    all = all.slice(0, all.length - voice.begun.length);
    if (all === '') return '';
    const given = this.#change(voice) + voice.dress(all);
    const seen = all.slice(-256).replace(UNSEEN, '').at(-1);
    if (seen !== undefined) this.#atStart = seen === '\n' || seen === '\r';
    return given;
  }

  /** Returns a line of the page's own. */
  remark(text: string): string {
    const given = `${this.#atStart ? '' : '\r\n'}\x1b[0;${this.#looks.remark}m${text}\x1b[0m\r\n`;
    this.#last = null;
    this.#atStart = true;
    return given;
  }

  /** Returns the characters between the last source and this one. */
  #change(next: Voice): string {
    const last = this.#last;
    if (last === next) return '';
    this.#last = next;
    // A log is a line of its own, also in the middle of a line of the program.
    const parts = !this.#atStart && last !== null && last.logged !== next.logged;
    return (parts ? '\r\n' : '') + next.style.sequence(next.look);
  }

  #voiceOf({ stream, logged }: Source): Voice {
    const key = logged ? 'log' : stream;
    let voice = this.#voices.get(key);
    if (!voice) {
      voice = new Voice(key === 'stdout' ? '' : this.#looks[key], logged);
      this.#voices.set(key, voice);
    }
    return voice;
  }
}

/** A source as the terminal hears it. */
class Voice {
  /** An escape sequence whose end has not come yet. */
  begun = '';
  readonly style = new Style();

  readonly look: string;
  readonly logged: boolean;

  constructor(look: string, logged: boolean) {
    this.look = look;
    this.logged = logged;
  }

  /** Gives characters without a colour of their own the source's colour. */
  dress(text: string): string {
    if (!text.includes('\x1b')) return text;
    return text.replace(CHANGE, (sequence, parameters?: string) => {
      this.style.apply(parameters ?? '0');
      return this.style.isPlain && this.look !== '' ? `${sequence}\x1b[${this.look}m` : sequence;
    });
  }
}
