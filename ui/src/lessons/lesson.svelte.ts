// The lesson of a tab: its page, the hints that were taken, and its last check.

import type { LessonCheck, LessonPage, LessonReport } from '../protocol.ts';
import type { App } from '../state/app.svelte.ts';
import type { Tab } from '../state/tab.svelte.ts';

/** A lesson beside the text of its tab. */
export class LessonAttempt {
  page: LessonPage | null = $state.raw(null);
  /** The last check; null before the first one, and after a Reset. */
  report: LessonReport | null = $state.raw(null);
  /** The text that was checked. */
  checked: string | null = $state.raw(null);
  checking = $state(false);
  /** The number of hints that are shown. */
  hints = $state(0);
  solutionShown = $state(false);
  answer = $state('');
  /** True if a check was asked for without an answer to the question. */
  unanswered = $state(false);

  readonly #app: App;
  readonly #tab: Tab;
  readonly id: string;

  constructor(app: App, tab: Tab, id: string) {
    this.#app = app;
    this.#tab = tab;
    this.id = id;
  }

  /** The checks that are known: those of the last check, or of the one that goes on. */
  get known(): readonly LessonCheck[] {
    return this.checking ? this.#tab.checks : (this.report?.checks ?? []);
  }

  /** Reads the page of the lesson. */
  async read(): Promise<void> {
    await this.#app.attempt(async () => {
      this.page = await this.#app.client['lesson.page']({ lesson: this.id });
    });
  }

  /** Checks the text as it is now. A lesson that passes is done. */
  async check(): Promise<void> {
    if (this.checking) return;
    this.unanswered = (this.page?.question ?? null) !== null && this.answer.trim() === '';
    if (this.unanswered) return;
    this.#tab.checks = [];
    this.checking = true;
    await this.#app.attempt(async () => {
      await this.#tab.settle();
      const text = this.#tab.draft?.text ?? null;
      const answer = (this.page?.question ?? null) === null ? null : this.answer;
      this.report = await this.#app.client['lesson.check']({ tab: this.#tab.id, answer });
      this.checked = text;
      if (this.report.passed) this.#app.finishLesson(this.id);
    });
    this.checking = false;
  }

  /** Shows the next hint, if there is another. */
  hint(): void {
    this.hints = Math.min(this.hints + 1, this.page?.hints.length ?? 0);
  }

  /** Puts the lesson back as it was at first. */
  async reset(): Promise<void> {
    await this.#app.resetLesson(this.#tab);
    this.report = null;
    this.solutionShown = false;
  }

  /** Puts the solution into the text. Undo takes it back. */
  takeSolution(): void {
    const solution = this.page?.solution ?? null;
    const { draft } = this.#tab;
    if (solution === null || !draft) return;
    const title = draft.text.split('\n', 1)[0] ?? '';
    draft.replace(`${title}\n\n${solution}`);
  }

  /** Opens the lesson after this one. A lesson to read is done by that. */
  async next(): Promise<void> {
    const lessons = this.#app.welcome?.lessons ?? [];
    const at = lessons.findIndex(({ id }) => id === this.id);
    if (lessons[at]?.kind === 'read') this.#app.finishLesson(this.id);
    const next = lessons[at + 1];
    if (next) await this.#app.row.openLesson(next.id);
  }
}
