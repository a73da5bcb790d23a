// The part of the dock's height that the open drawer has. It stays if the page gets another size.

import type { DockviewApi, SerializedDockview } from 'dockview';

/** The part of the height that the person, or the layout at first, gave to the drawer. */
export class DrawerPart {
  readonly #api: DockviewApi;
  #part = 0;
  /** The height of the dock and of the open drawer when the part was last restored, in pixels. */
  #heights = { dock: 0, drawer: 0 };

  constructor(api: DockviewApi) {
    this.#api = api;
  }

  /** The height of the dock with the drawer, in pixels. */
  get height(): number {
    const drawer = this.#api.groups.find(({ api }) => api.location.type === 'edge');
    return this.#api.height + (drawer?.height ?? 0);
  }

  /** Takes the part of a layout, which may have been kept at another size of the page. */
  read({ grid, edgeGroups }: SerializedDockview): void {
    const drawer = edgeGroups?.bottom;
    const shown = (drawer?.collapsed ? drawer.collapsedSize : drawer?.size) ?? 0;
    this.#part = drawer ? drawer.size / (grid.height + shown) : 0;
    this.restore();
  }

  /** Takes the part of a layout that has changed. Returns true if the person changed it. */
  follow({ edgeGroups }: SerializedDockview): boolean {
    const drawer = edgeGroups?.bottom?.size;
    const { height } = this;
    // While the page changes its size, the drawer still has its former height.
    if (drawer === undefined || height !== this.#heights.dock) return false;
    // A small page may not have the room for the part, which then stays as it was given.
    if (drawer === this.#heights.drawer) return false;
    this.#part = drawer / height;
    this.#heights = { dock: height, drawer };
    return true;
  }

  /** Gives the drawer its part of the height, also while it is closed. */
  restore(): void {
    const drawer = this.#api.getEdgeGroup('bottom');
    if (!drawer || this.#part === 0) return;
    const dock = this.height;
    drawer.setSize({ height: this.#part * dock });
    this.#heights = { dock, drawer: this.#api.toJSON().edgeGroups?.bottom?.size ?? 0 };
  }
}
