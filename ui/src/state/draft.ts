// The text of a tab while it is edited, and how it comes to the workbench.

import {
  ChangeSet,
  EditorState,
  Transaction,
  type Extension,
  type TransactionSpec,
} from '@codemirror/state';
import { remoteChange, smallestChange } from '../editor/change.ts';
import type { TextChange } from '../protocol.ts';
import type { TrapPlace } from '../editor/trap-place.ts';
import { markedAt, sightOfMark, trapEffects } from '../editor/trap.ts';

/** Milliseconds after a key before the text is sent. */
const PAUSE = 120;

/** How a draft reaches the workbench. */
export interface Sink {
  /** Sends all of the text; gives its revision when the workbench has it. */
  send(text: string): Promise<number>;
  /** A text could not be sent. It is kept, and sent with the next one. */
  failed(error: unknown): void;
}

/**
 * What shows a draft, and is asked to do what needs more than the text: elements are none of the
 * state's business.
 */
export interface Shower {
  /** Changes what is shown; the draft hears of it. */
  dispatch(change: TransactionSpec): void;
  /** Takes the keyboard. */
  focus(): void;
  /** Opens the field for a search in the text. */
  search(): void;
}

/**
 * The text of one tab while it is edited: the editor's state (with its undo history), what the
 * workbench has, and what is still to be sent. Nothing typed is lost while the connection is.
 */
export class Draft {
  state: EditorState;
  /** What shows it now, if anything does. */
  shower: Shower | undefined;
  /**
   * Whether the line that is marked has still to be brought into sight: nothing showed the text.
   */
  unseen = false;
  /** How far it is scrolled, in pixels: the editor keeps it only while it shows the text. */
  scrollTop = 0;
  /** What the workbench has, as far as this page knows, and which revision that is. */
  #base: string;
  #revision: number;
  /** Whether that revision was made here. */
  #mine = false;
  readonly #sink: Sink;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = Promise.resolve();
  #underWay = 0;

  constructor(text: string, revision: number, extensions: Extension, sink: Sink) {
    this.#sink = sink;
    this.#revision = revision;
    this.state = EditorState.create({ doc: text, extensions });
    // The editor knows one kind of line end; a file with another is not thereby edited.
    this.#base = this.text;
  }

  get text(): string {
    return this.state.doc.toString();
  }

  /** The revision that the workbench has. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether there is text that the workbench does not have. */
  get unsent(): boolean {
    return this.text !== this.#base;
  }

  /** To be called when the person changed the text. */
  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Sends what is not sent yet. Resolves when the workbench has it, or cannot be reached. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    // One after the other: two texts on the way could arrive in any order.
    this.#sending = this.#sending.then(async () => {
      if (!this.unsent) return;
      const text = this.text;
      this.#underWay++;
      try {
        this.confirm(text, await this.#sink.send(text));
      } catch (error) {
        this.#sink.failed(error);
      } finally {
        this.#underWay--;
      }
    });
    return this.#sending;
  }

  /** Whether a text is on its way, of which the workbench has not said yet that it has it. */
  get sending(): boolean {
    return this.#underWay > 0;
  }

  /**
   * The workbench's text became another one, by a change of this page or of another. Whether that
   * is a step from the text which is known here; where it is none, nothing is changed.
   */
  follow(change: TextChange, revision: number, mine: boolean): boolean {
    const { from, to, insert, length } = change;
    if (revision !== this.#revision + 1 || to > this.#base.length) return false;
    const text = this.#base.slice(0, from) + insert + this.#base.slice(to);
    // The workbench may have other line ends than the editor, and so other places.
    if (text.length !== length) return false;
    if (mine) this.confirm(normalise(text), revision);
    else this.receive(text, revision);
    return true;
  }

  /**
   * The workbench has a text of this page. Its event and its reply both say so; the second changes
   * nothing.
   */
  confirm(text: string, revision: number): void {
    if (revision <= this.#revision) return;
    this.#revision = revision;
    this.#base = text;
    this.#mine = true;
  }

  /**
   * All of the tab came again, after events may have been missed. A workbench that was killed can
   * come back with an older text: what was typed since is sent to it once more, by the window in
   * which it was typed and no other.
   */
  resume(text: string, revision: number): void {
    const older = revision < this.#revision;
    this.#revision = Math.min(revision, this.#revision);
    if (older && (this.#mine || this.unsent)) {
      this.#base = normalise(text);
      if (this.unsent) this.typed();
    } else {
      this.receive(text, revision);
    }
  }

  /** Another window changed the text. */
  receive(text: string, revision: number): void {
    if (revision < this.#revision) return;
    this.#revision = revision;
    const remote = normalise(text);
    if (remote !== this.#base) this.#mine = false;
    const changes = remoteChange(this.#base, this.text, remote);
    this.#base = remote;
    // Not a step of this window's undo: it was not made here.
    this.dispatch({
      changes,
      annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
    });
    if (this.unsent) this.typed();
  }

  /** Puts another text in as one step that undo takes back. */
  replace(text: string): void {
    const change = smallestChange(this.text, text);
    if (change) this.dispatch({ changes: change, userEvent: 'input.format' });
  }

  /**
   * Marks the line on which the guest trapped, until the text changes, and brings it into sight;
   * null takes it away.
   */
  mark(place: TrapPlace | null): void {
    if (!place && markedAt(this.state) === null) return;
    this.dispatch({ effects: trapEffects(this.state, place) });
    this.unseen = place !== null;
    this.bringIntoSight();
  }

  /**
   * Shows the marked line where nobody has seen it yet, as soon as there is something that shows
   * the text.
   */
  bringIntoSight(): void {
    const effects = this.unseen ? sightOfMark(this.state) : null;
    if (effects === null || !this.shower) return;
    this.shower.dispatch({ effects });
    this.unseen = false;
  }

  /** Changes the text or what is known of it, whether something shows it or not. */
  dispatch(spec: TransactionSpec): void {
    if (spec.changes instanceof ChangeSet && spec.changes.empty) return;
    if (this.shower) this.shower.dispatch(spec);
    else this.state = this.state.update(spec).state;
  }
}

/** The editor's one kind of line end. */
function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
