// One view of a memory: the rows that are seen, the cursor, and the changes made by hand.

import type { Client } from '../client.ts';
import type { Bytes } from '../platform/platform.ts';
import type { DataSegment } from '../protocol.ts';
import { MemoryAccess } from './access.ts';
import { formatAddress } from './address.ts';
import { Edits } from './edits.ts';
import { Folding } from './folding.svelte.ts';
import { Folds } from './folds.ts';
import { LiveMemory, type ChangeBase } from './live.svelte.ts';
import { Overview } from './overview.svelte.ts';
import { Search } from './search.svelte.ts';
import { words as say } from '../words/memory/viewer.ts';

/** The most bytes whose former content is kept, so that a fill or a loaded file can be undone. */
const MOST_UNDONE = 16 << 20;

/**
 * One view of one memory of a tab: the rows that are seen, the cursor, and the changes made by
 * hand.
 */
export class MemoryViewer {
  readonly live = new LiveMemory();
  readonly overview = new Overview();
  readonly search = new Search();
  readonly edits = new Edits();
  readonly folding = new Folding();

  /** The name of the memory's export. */
  name = $state<string | null>(null);
  columns = $state<8 | 16 | 32>(16);
  group = $state<1 | 2 | 4 | 8>(1);
  /** The column that typed characters go to: hex digits or text. */
  typing = $state<'hex' | 'text'>('hex');
  since = $state<ChangeBase>('refresh');
  /** Grows whenever changes begin to be counted anew. */
  counted = $state(0);
  cursor = $state(0);
  /** The other end of the selection. It equals the cursor if only one byte is selected. */
  anchor = $state(0);
  /** True if the first digit of the byte under the cursor was typed. */
  half = $state(false);
  /** The rows that each line of the grid shows. */
  folds = $state.raw(new Folds(0));
  segments: readonly DataSegment[] = $state.raw([]);
  /** The result of the last action, in words. */
  said = $state('');
  access: MemoryAccess | null = $state.raw(null);

  /** Scrolls to an address; set by the grid. */
  onReveal: (address: number) => void = () => undefined;

  readonly #client: Client;
  readonly #tab: number;
  #generation = 0;
  /** Resolves when the segments are known, or cannot be. */
  #named = Promise.resolve();
  /**
   * The queue of changes. They are made one after the other, because the second digit of a byte
   * builds on the first.
   */
  #changes = Promise.resolve();

  constructor(client: Client, tab: number) {
    this.#client = client;
    this.#tab = tab;
  }

  get size(): number {
    return this.live.size;
  }

  /** The first selected byte and the one after the last. */
  get selection(): [number, number] {
    return [Math.min(this.cursor, this.anchor), Math.max(this.cursor, this.anchor) + 1];
  }

  /** Opens a memory of an instance, and forgets everything of another one. */
  open(name: string, generation: number): void {
    if (name === this.name && generation === this.#generation) return;
    if (name !== this.name) this.live.forget();
    this.name = name;
    this.#generation = generation;
    this.edits.clear();
    this.overview.clear();
    this.folding.clear();
    this.search.cancel();
    this.segments = [];
    const access = new MemoryAccess(this.#client, this.#tab, name);
    this.access = access;
    this.#named = access.segments().then(
      ({ segments }) => {
        if (access === this.access) this.segments = segments;
      },
      // The bytes can be shown without the segments; only names are missing.
      () => undefined,
    );
    if (this.since !== 'refresh') void this.count(this.since);
  }

  /** Resolves when the size and the named ranges are known. */
  async placed(): Promise<void> {
    await this.#named;
    await this.live.known();
  }

  /** Moves the cursor to an address and shows it, even if its row is folded. */
  goTo(address: number, extend = false): void {
    this.#unfold(Math.max(0, Math.min(address, this.size - 1)));
    this.moveTo(address, extend);
  }

  /** Moves the cursor from line to line. A fold that it reaches stays closed. */
  moveTo(address: number, extend = false): void {
    this.cursor = Math.max(0, Math.min(address, this.size - 1));
    // It was about the action before.
    this.said = '';
    if (!extend) this.anchor = this.cursor;
    this.half = false;
    this.onReveal(this.cursor);
  }

  /** Folds the rows anew, by the comparisons up to now. */
  refold(): void {
    this.folds = this.folding.of(Math.ceil(this.size / this.columns), this.columns);
  }

  #unfold(address: number): void {
    if (!this.folds.hiding(Math.floor(address / this.columns))) return;
    this.folding.showAround(address);
    this.refold();
  }

  /**
   * Opens the fold under the cursor, or closes the one that was opened there. Returns whether there
   * is either.
   */
  openFold(): boolean {
    const fold = this.folds.hiding(Math.floor(this.cursor / this.columns));
    if (fold) this.folding.show({ from: fold.first * this.columns, to: fold.end * this.columns });
    else if (!this.folding.hide(this.cursor)) return false;
    this.refold();
    this.moveTo(this.cursor);
    return true;
  }

  /** Selects bytes and shows the first. */
  select(from: number, length: number): void {
    this.anchor = Math.max(0, Math.min(from + length, this.size) - 1);
    this.goTo(from, true);
  }

  /** Runs an action that may fail, and shows its error. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.said = error instanceof Error ? error.message : String(error);
    }
  }

  /** Sets the moment from which changes are counted. A snapshot is taken if it needs one. */
  count(since: ChangeBase): Promise<void> {
    return this.attempt(async () => {
      if (since !== 'refresh') await this.access?.snapshot(since);
      this.since = since;
      this.live.since = since;
      this.counted++;
      if (since === 'mark') this.overview.mark();
      this.live.hurry();
    });
  }

  /** Goes to the next byte that has changed. */
  nextChange(): Promise<void> {
    return this.attempt(async () => {
      const found =
        this.since === 'refresh' ? this.#nextFresh() : await this.#nextDifference(this.since);
      if (found === null) this.said = this.since === 'refresh' ? NOTHING_SEEN : say.nothingChanged;
      else this.goTo(found);
    });
  }

  #nextFresh(): number | null {
    return this.live.fresh.next(this.cursor, performance.now());
  }

  async #nextDifference(since: 'call' | 'mark'): Promise<number | null> {
    const here = this.cursor + 1;
    return (
      (await this.#firstDifference(since, here, this.size)) ??
      (await this.#firstDifference(since, 0, here))
    );
  }

  async #firstDifference(
    since: 'call' | 'mark',
    from: number,
    end: number,
  ): Promise<number | null> {
    const answer = await this.access?.compare(since, from, end - from, 1);
    const first = answer?.ranges[0];
    if (first) return first.offset;
    const next = answer?.next ?? null;
    return next === null || next >= end ? null : this.#firstDifference(since, next, end);
  }

  /** Writes bytes at the cursor and moves behind them. */
  put(bytes: Bytes): void {
    const { cursor } = this;
    if (cursor + bytes.length > this.size) {
      this.said = say.bytesDoNotFit(bytes.length);
      return;
    }
    this.#unfold(cursor);
    void this.write(cursor, bytes);
    this.goTo(cursor + bytes.length);
  }

  /**
   * Writes bytes, and keeps the change for {@link undo}. With `joins` it is one change with the one
   * before.
   */
  write(at: number, bytes: Bytes, joins = false): Promise<void> {
    return this.#change(async (access) => {
      const before = await access.readAll(at, bytes.length);
      const written = await access.write(at, bytes);
      if (before) this.edits.add({ at, before, after: bytes }, joins);
      if (written?.running) this.said = WHILE_RUNNING;
    });
  }

  /** Changes one byte, from its value at the time of the write. */
  type(at: number, change: (byte: number) => number, joins = false): Promise<void> {
    this.#unfold(at);
    return this.#change(async (access) => {
      const { bytes: before } = await access.read(at, 1);
      const after = Uint8Array.of(change(before[0] ?? 0));
      const written = await access.write(at, after);
      this.edits.add({ at, before, after }, joins);
      if (written?.running) this.said = WHILE_RUNNING;
    });
  }

  /** Fills a range with bytes that are repeated. */
  fill(at: number, length: number, bytes: Bytes): Promise<void> {
    return this.#change(async (access) => {
      const kept = length <= MOST_UNDONE ? await access.readAll(at, length) : null;
      await access.fill(at, length, bytes);
      const after = kept && (await access.readAll(at, length));
      if (kept && after) this.edits.add({ at, before: kept, after });
      this.said = say.filledBytesFrom(length, formatAddress(at), kept ? '' : say.cannotUndone);
    });
  }

  /** Undoes the last change. */
  undo(): Promise<void> {
    return this.#change(async (access) => {
      const edit = this.edits.undo();
      if (!edit) return void (this.said = say.nothingUndo);
      await access.write(edit.at, edit.before);
      this.goTo(edit.at);
    });
  }

  /** Redoes the change that was undone last. */
  redo(): Promise<void> {
    return this.#change(async (access) => {
      const edit = this.edits.redo();
      if (!edit) return void (this.said = say.nothingRedo);
      await access.write(edit.at, edit.after);
      this.goTo(edit.at);
    });
  }

  #change(action: (access: MemoryAccess) => Promise<unknown>): Promise<void> {
    const { access } = this;
    const change = async () => {
      if (!access || access !== this.access) return;
      await this.attempt(() => action(access));
      this.live.hurry();
      this.folding.hurry();
    };
    this.#changes = this.#changes.then(change);
    return this.#changes;
  }
}

const NOTHING_SEEN = say.noChangeViewCount;
const WHILE_RUNNING = say.writtenWhileGuestRuns;
