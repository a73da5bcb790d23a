// The mark of the line on which the guest trapped.

import { foldedRanges, unfoldEffect } from '@codemirror/language';
import {
  RangeSet,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
  type Text,
} from '@codemirror/state';
import {
  Decoration,
  EditorView,
  GutterMarker,
  ViewPlugin,
  WidgetType,
  gutter,
  type DecorationSet,
} from '@codemirror/view';
import type { TrapPlace } from './trap-place.ts';

/** The mark, with everything that is drawn for it. */
interface TrapMark {
  decorations: DecorationSet;
  markers: RangeSet<GutterMarker>;
}

const mark = StateEffect.define<TrapPlace | null>();

const classOf = (name: string, { exact, stopped }: TrapPlace) =>
  `${name}${exact ? '' : ' cm-trap-within'}${stopped ? ' cm-trap-stopped' : ''}`;

/** The sign beside the line, with an accessible name. */
class Sign extends GutterMarker {
  readonly #place: TrapPlace;

  constructor(place: TrapPlace) {
    super();
    this.#place = place;
  }

  override toDOM(): HTMLElement {
    const sign = document.createElement('span');
    sign.className = classOf('cm-trap-sign', this.#place);
    sign.textContent = this.#place.exact ? (this.#place.stopped ? '■' : '✕') : '?';
    sign.setAttribute('role', 'img');
    sign.setAttribute('aria-label', this.#place.words);
    sign.title = this.#place.words;
    return sign;
  }
}

/**
 * A note below the first line of a function, so that this line is not taken for the place of the
 * trap.
 */
class Words extends WidgetType {
  readonly #words: string;

  constructor(words: string) {
    super();
    this.#words = words;
  }

  override eq(other: Words): boolean {
    return other.#words === this.#words;
  }

  override toDOM(): HTMLElement {
    const note = document.createElement('div');
    note.className = 'cm-trap-words';
    note.textContent = this.#words;
    return note;
  }
}

const marked = StateField.define<TrapMark | null>({
  create: () => null,
  update(before, transaction) {
    const effect = transaction.effects.findLast((one) => one.is(mark));
    if (effect) return effect.value && draw(transaction.newDoc, effect.value);
    // The mark belongs to the text before the change.
    return transaction.docChanged ? null : before;
  },
  provide: (field) =>
    EditorView.decorations.from(field, (now) => now?.decorations ?? Decoration.none),
});

function draw(doc: Text, place: TrapPlace): TrapMark {
  const line = lineOf(doc, place);
  const decorations = [Decoration.line({ class: classOf('cm-trap-line', place) }).range(line.from)];
  if (!place.exact) {
    decorations.push(
      Decoration.widget({ widget: new Words(place.words), block: true, side: 1 }).range(line.to),
    );
  }
  return {
    decorations: Decoration.set(decorations),
    markers: RangeSet.of([new Sign(place).range(line.from)]),
  };
}

const lineOf = (doc: Text, { line }: TrapPlace) => doc.line(Math.max(1, Math.min(line, doc.lines)));

/**
 * CodeMirror hides all gutters from screen readers. This gutter has a sign with a name, so only the
 * others are hidden.
 */
const heard = ViewPlugin.define((view) => {
  view.dom.querySelector('.cm-gutters')?.removeAttribute('aria-hidden');
  for (const one of view.dom.querySelectorAll('.cm-gutter:not(.cm-trap-gutter)')) {
    one.setAttribute('aria-hidden', 'true');
  }
  return {};
});

/**
 * Lets a line be marked as the one on which the guest trapped, until the text changes. It must come
 * after all other gutters.
 */
export const trapMarks: Extension = [
  marked,
  gutter({
    class: 'cm-trap-gutter',
    markers: (view) => view.state.field(marked)?.markers ?? RangeSet.empty,
  }),
  heard,
];

/** Returns the effects that mark a line and unfold what hides it. Null removes the mark. */
export function trapEffects(state: EditorState, place: TrapPlace | null): StateEffect<unknown>[] {
  if (!place) return [mark.of(null)];
  const line = lineOf(state.doc, place);
  const effects: StateEffect<unknown>[] = [mark.of(place)];
  foldedRanges(state).between(line.from, line.to, (from, to) => {
    effects.push(unfoldEffect.of({ from, to }));
  });
  return effects;
}

/** Returns the effect that scrolls the marked line into sight, or null without a mark. */
export function sightOfMark(state: EditorState): StateEffect<unknown> | null {
  const at = markedAt(state);
  return at === null ? null : EditorView.scrollIntoView(at, { y: 'center' });
}

/** Returns the position of the marked line, or null without a mark. */
export function markedAt(state: EditorState): number | null {
  return state.field(marked, false)?.markers.iter().from ?? null;
}
