// The text of a tab during editing, and its way to the workbench.

import {
  ChangeSet,
  EditorState,
  Transaction,
  type Extension,
  type TransactionSpec,
} from '@codemirror/state';
import { remoteChange, smallestChange, type Change } from '../editor/change.ts';
import type { EditReply, TabView, TextChange } from '../protocol.ts';
import type { TrapPlace } from '../editor/trap-place.ts';
import { markedAt, sightOfMark, trapEffects } from '../editor/trap.ts';

/** The milliseconds after a key before the text is sent. */
const PAUSE = 60;

/** The number of attempts to send an edit at once, if another window is faster. */
const MOST_TRIES = 8;

/** A draft's connection to the workbench. */
export interface Sink {
  /** Sends the change of a revision. */
  change(change: TextChange, after: number): Promise<EditReply>;
  /** Sends the whole text, which replaces a revision. */
  replace(text: string, after: number): Promise<EditReply>;
  /** Requests the text of the workbench. */
  read(): Promise<Pick<TabView, 'text' | 'revision'>>;
  /** Reports that a text could not be sent. It is kept, and sent with the next one. */
  failed(error: unknown): void;
  /** The person changed the text. */
  typed?(): void;
  /** The person typed, and the text is the one that the workbench has: nothing has to be sent. */
  same?(): void;
  /** The cursor came to another line or column; both count from 1. */
  moved?(line: number, column: number): void;
  /** There is another place to go back to: the number of its line, or null if there is none. */
  left?(line: number | null): void;
}

/** The editor of a draft. It does whatever needs elements, which the state does not know. */
export interface DraftView {
  /** Changes the editor's state. The draft hears of it. */
  dispatch(change: TransactionSpec): void;
  /** Focuses the editor. */
  focus(): void;
  /** Scrolls to a position in pixels. */
  scroll(top: number): void;
  /** Opens the field for a search in the text. */
  search(): void;
}

/**
 * The text of one tab during editing: the editor's state (with its undo history), the text that the
 * workbench has, and whether it must be sent. No edit is lost while the connection is.
 */
export class Draft {
  state: EditorState;
  /** The editor that shows the draft now, if there is one. */
  shower: DraftView | undefined;
  /**
   * True if the marked line must still be scrolled into sight, because no editor showed the text.
   */
  unseen = false;
  /** The scroll position in pixels. An editor keeps it only while it shows the text. */
  scrollTop = 0;
  /** The cursor and the scroll position before the text jumped to another place. */
  #before: { at: number; scrollTop: number } | null = null;
  /** The text of the workbench, as far as this page knows, and its revision. */
  #base: string;
  #revision: number;
  /** True if that revision was made here. */
  #mine = false;
  readonly #sink: Sink;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = Promise.resolve();
  #underWay: string | null = null;

  constructor(text: string, revision: number, extensions: Extension, sink: Sink) {
    this.#sink = sink;
    this.#revision = revision;
    this.state = EditorState.create({ doc: text, extensions });
    // The editor has one kind of line end. A file with another kind does not count as edited.
    this.#base = this.text;
  }

  get text(): string {
    return this.state.doc.toString();
  }

  /** The revision of the workbench's text. */
  get revision(): number {
    return this.#revision;
  }

  /** True if the workbench lacks the newest text. */
  get unsent(): boolean {
    return this.text !== this.#base;
  }

  /** Must be called after each edit by the person. */
  typed(): void {
    this.#sink.typed?.();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.unsent) void this.flush();
      else this.#sink.same?.();
    }, PAUSE);
  }

  /** Tells the line and column of the cursor, after it moved. */
  moved(): void {
    const { head } = this.state.selection.main;
    const { number, from, text } = this.state.doc.lineAt(head);
    this.#sink.moved?.(number, [...text.slice(0, head - from)].length + 1);
  }

  /**
   * Sends the text if the workbench lacks it. Resolves once the workbench has it or cannot be
   * reached.
   */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    return this.alone(async () => {
      try {
        await this.#send();
      } catch (error) {
        this.#sink.failed(error);
      } finally {
        this.#underWay = null;
      }
    });
  }

  /**
   * Runs an action while no edit is in progress. So it is known if a text that is read then has an
   * edit of this window, and the edit is never merged with itself.
   */
  alone(action: () => Promise<void>): Promise<void> {
    const done = this.#sending.then(action);
    this.#sending = done.catch(() => undefined);
    return done;
  }

  /**
   * Sends the change since the known revision. The workbench takes it if it has that revision.
   * Otherwise the change is made again from the text of the workbench. If the texts differ at one
   * revision (by line ends, or because an edit was lost), the whole text is sent.
   */
  async #send(): Promise<void> {
    let whole = false;
    for (let tries = 0; this.unsent; tries++) {
      // Other windows type faster than this connection.
      if (tries === MOST_TRIES) return this.typed();
      const text = this.text;
      const after = this.#revision;
      const change: Change | null = whole ? null : smallestChange(this.#base, text);
      this.#underWay = text;
      const edited: EditReply = change
        ? await this.#sink.change({ ...change, length: text.length }, after)
        : await this.#sink.replace(text, after);
      this.#underWay = null;
      whole = !edited.taken && edited.revision === after;
      if (edited.taken) this.confirm(text, edited.revision);
      else if (!whole && edited.revision !== this.#revision) await this.#catchUp();
    }
  }

  /** Takes the text of the workbench, if this window does not know every step to it. */
  async #catchUp(): Promise<void> {
    const { text, revision } = await this.#sink.read();
    if (text === null) return;
    if (revision < this.#revision) this.resume(text, revision);
    else this.receive(text, revision);
  }

  /** True if a text is on its way that the workbench has not confirmed yet. */
  get sending(): boolean {
    return this.#underWay !== null;
  }

  /** Takes the event of the edit in progress, whose reply follows. False for any other revision. */
  landed(revision: number): boolean {
    if (this.#underWay === null || revision !== this.#revision + 1) return false;
    this.confirm(this.#underWay, revision);
    return true;
  }

  /**
   * Applies a change of the workbench's text, by this page or another. Returns false, without a
   * change, if it does not follow from the text that is known here.
   */
  follow(change: TextChange, revision: number, mine: boolean): boolean {
    const { from, to, insert, length } = change;
    if (revision !== this.#revision + 1 || to > this.#base.length) return false;
    const text = this.#base.slice(0, from) + insert + this.#base.slice(to);
    // The workbench may have other line ends than the editor, which shift all places.
    if (text.length !== length) return false;
    if (mine) this.confirm(normalise(text), revision);
    else this.receive(text, revision);
    return true;
  }

  /**
   * Notes that the workbench has a text of this page. Its event and its reply both say so; the
   * second changes nothing.
   */
  confirm(text: string, revision: number): void {
    if (revision < this.#revision) return;
    this.#revision = revision;
    this.#base = text;
    this.#mine = true;
  }

  /**
   * Takes the whole text of the workbench after events may have been missed. A workbench that was
   * killed can come back with an older text. The window that made the lost edits sends them again,
   * and no other window does.
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

  /** Takes a text that another window changed. */
  receive(text: string, revision: number): void {
    if (revision < this.#revision) return;
    this.#revision = revision;
    const remote = normalise(text);
    if (remote !== this.#base) this.#mine = false;
    const changes = remoteChange(this.#base, this.text, remote);
    this.#base = remote;
    // The change was made elsewhere, so it is not a step of this window's undo.
    this.dispatch({
      changes,
      annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false)],
    });
    if (this.unsent) this.typed();
  }

  /** Replaces the text in one step of undo. */
  replace(text: string): void {
    const change = smallestChange(this.text, text);
    if (change) this.dispatch({ changes: change, userEvent: 'input.format' });
  }

  /**
   * Marks the line on which the guest trapped, until the text changes, and scrolls it into sight.
   * Null removes the mark.
   */
  mark(place: TrapPlace | null): void {
    if (!place && markedAt(this.state) === null) return;
    this.dispatch({ effects: trapEffects(this.state, place) });
    this.unseen = place !== null;
    this.bringIntoSight();
  }

  /** Scrolls the marked line into sight if it was not shown yet, once an editor shows the text. */
  bringIntoSight(): void {
    const effects = this.unseen ? sightOfMark(this.state) : null;
    if (effects === null || !this.shower) return;
    this.leave();
    this.shower.dispatch({ effects });
    this.unseen = false;
  }

  /** Keeps the place in the text, because another one is about to be shown. */
  leave(): void {
    const at = this.state.selection.main.head;
    this.#before = { at, scrollTop: this.scrollTop };
    this.#sink.left?.(this.state.doc.lineAt(at).number);
  }

  /** Returns to the place before the last jump. */
  goBack(): void {
    const { shower } = this;
    if (!this.#before || !shower) return;
    const { at, scrollTop } = this.#before;
    this.#before = null;
    this.#sink.left?.(null);
    shower.dispatch({ selection: { anchor: Math.min(at, this.state.doc.length) } });
    shower.scroll(scrollTop);
    shower.focus();
  }

  /** Changes the state, with or without an editor that shows it. */
  dispatch(spec: TransactionSpec): void {
    if (spec.changes instanceof ChangeSet && spec.changes.empty) return;
    if (this.shower) this.shower.dispatch(spec);
    else this.state = this.state.update(spec).state;
  }
}

/** Converts line ends to the editor's one kind. */
function normalise(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}
