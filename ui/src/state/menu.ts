// The context menus: each element that has one says what is in it, when it is opened.

/** An action of a context menu. */
export interface MenuItem {
  title: string;
  /** The keys that do the same, for people. */
  key?: string | undefined;
  /** The reason why it cannot be done now, or null if it can. */
  refused?: string | null | undefined;
  run(): unknown;
}

/** The actions of a menu, in groups. */
export type MenuGroups = readonly (readonly MenuItem[])[];

const makers = new WeakMap<Element, () => MenuGroups>();

/** Gives an element a context menu, as an attachment. */
export function menuOf(make: () => MenuGroups): (element: Element) => void {
  return (element) => void makers.set(element, make);
}

/** Returns the menu of an element or of the nearest one around it, or null if there is none. */
export function menuAt(element: Element | null): MenuGroups | null {
  for (let at = element; at; at = at.parentElement) {
    const groups = makers
      .get(at)?.()
      .filter((group) => group.length > 0);
    if (groups) return groups.length > 0 ? groups : null;
  }
  return null;
}
