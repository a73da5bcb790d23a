// The line on which the guest trapped, as the editor draws it.

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

/** What is marked, with all that is drawn for it. */
interface Marked {
  decorations: DecorationSet;
  markers: RangeSet<GutterMarker>;
}

const mark = StateEffect.define<TrapPlace | null>();

/** The sign beside the line; its name says what it is. */
class Sign extends GutterMarker {
  readonly #place: TrapPlace;

  constructor(place: TrapPlace) {
    super();
    this.#place = place;
  }

  override toDOM(): HTMLElement {
    const sign = document.createElement('span');
    sign.className = this.#place.exact ? 'cm-trap-sign' : 'cm-trap-sign cm-trap-within';
    sign.textContent = this.#place.exact ? '✕' : '?';
    sign.setAttribute('role', 'img');
    sign.setAttribute('aria-label', this.#place.words);
    sign.title = this.#place.words;
    return sign;
  }
}

/** Below the first line of a function: nobody is to take that line for the place. */
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

const marked = StateField.define<Marked | null>({
  create: () => null,
  update(before, transaction) {
    const effect = transaction.effects.findLast((one) => one.is(mark));
    if (effect) return effect.value && draw(transaction.newDoc, effect.value);
    // What was found in the text of before says nothing of this one.
    return transaction.docChanged ? null : before;
  },
  provide: (field) =>
    EditorView.decorations.from(field, (now) => now?.decorations ?? Decoration.none),
});

function draw(doc: Text, place: TrapPlace): Marked {
  const line = lineOf(doc, place);
  const decorations = [
    Decoration.line({ class: place.exact ? 'cm-trap-line' : 'cm-trap-line cm-trap-within' }).range(
      line.from,
    ),
  ];
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
 * All gutters are hidden from screen readers; this one has a sign with a name, so it is the others
 * that are.
 */
const heard = ViewPlugin.define((view) => {
  view.dom.querySelector('.cm-gutters')?.removeAttribute('aria-hidden');
  for (const one of view.dom.querySelectorAll('.cm-gutter:not(.cm-trap-gutter)')) {
    one.setAttribute('aria-hidden', 'true');
  }
  return {};
});

/**
 * A line can be marked as the one on which the guest trapped, until the text changes. Comes after
 * all other gutters.
 */
export const trapMarks: Extension = [
  marked,
  gutter({
    class: 'cm-trap-gutter',
    markers: (view) => view.state.field(marked)?.markers ?? RangeSet.empty,
  }),
  heard,
];

/**
 * Marks the line, opens what is folded over it and gives what brings it into sight; null takes the
 * mark away.
 */
export function trapEffects(state: EditorState, place: TrapPlace | null): StateEffect<unknown>[] {
  if (!place) return [mark.of(null)];
  const line = lineOf(state.doc, place);
  const effects: StateEffect<unknown>[] = [mark.of(place)];
  foldedRanges(state).between(line.from, line.to, (from, to) => {
    effects.push(unfoldEffect.of({ from, to }));
  });
  return effects;
}

/** What brings the marked line into sight; nothing if none is marked. */
export function sightOfMark(state: EditorState): StateEffect<unknown> | null {
  const at = markedAt(state);
  return at === null ? null : EditorView.scrollIntoView(at, { y: 'center' });
}

/** Where the line is that is marked; none if none is. */
export function markedAt(state: EditorState): number | null {
  return state.field(marked, false)?.markers.iter().from ?? null;
}
