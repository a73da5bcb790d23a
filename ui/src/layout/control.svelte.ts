// What the rest of the page asks of the dock.

import type { DockviewApi, DockviewGroupPanel, SerializedDockview } from 'dockview';
import { tick } from 'svelte';
import { enterPart } from '../focus.ts';
import type { DockControl } from '../state/app.svelte.ts';
import type { StoredPreferences } from '../state/stored-preferences.svelte.ts';
import { placesId, widthOf, type LayoutId, type Width } from '../values/layouts.ts';
import { isPanelId, type PanelId } from '../values/panels.ts';
import { textScale } from '../values/sizes.ts';
import { arrangeDrawer, IN_DRAWER } from './drawer.ts';
import { DrawerPart } from './drawer-part.ts';
import { arrangeEngineer } from './engineer.ts';
import { restore } from './restore.ts';

/** A panel that came to the front by itself, and the state of its group before that. */
interface Shown {
  before: PanelId;
  closed: boolean;
}

/** The dock's layouts: one is in use, and each is kept as the person left it. */
export class Control implements DockControl {
  /** The group that has all of the dock for itself, if one has. */
  maximised: string | null = $state(null);
  readonly #api: DockviewApi;
  readonly #kept: StoredPreferences;
  readonly #drawer: DrawerPart;
  /** True if the drawer was open before another group was maximised. */
  #open = false;
  /** True while panels are put in place, which is not a change by the person. */
  #arranging = false;
  /** The wait for the end of a frame in which the drawer got another height. */
  #frame = 0;
  #shown: Partial<Record<PanelId, Shown | undefined>> = {};
  /** The width that the panels are arranged for. */
  #width: Width;

  constructor(api: DockviewApi, kept: StoredPreferences) {
    this.#api = api;
    this.#kept = kept;
    this.#drawer = new DrawerPart(api);
    this.#width = this.#widthNow();
    this.#arrange();
  }

  /** Keeps the places of the panels for the next start. */
  save(): void {
    if (this.#arranging || this.maximised !== null) return;
    const { layout, places } = this.#kept.preferences;
    const all = this.#api.toJSON();
    this.#drawer.follow(all);
    this.#kept.prefer({ places: { ...places, [placesId(layout, this.#width)]: all } });
  }

  /**
   * Takes another size of the dock. The drawer keeps its part of the height. If the page has room
   * for more or fewer columns, the panels are arranged anew. The guide beside them changes no columns.
   */
  resize(width: number, height: number): void {
    if (this.#widthNow() !== this.#width) return this.#rearrange(width, height);
    this.#api.layout(width, height);
    const group = this.#maximisedGroup();
    if (group?.api.location.type === 'edge') this.#fill(group);
    else this.#drawer.restore();
  }

  /** Changes to another layout. */
  choose(layout: LayoutId): void {
    if (layout === this.#kept.preferences.layout) return;
    this.#restoreSize();
    this.save();
    this.#kept.prefer({ layout });
    this.#arrange();
  }

  /** Puts every panel of this layout back in its first place. */
  reset(): void {
    this.#arrange(true);
    this.save();
  }

  /**
   * Brings a panel to the front, and leaves the keyboard where it is unless that was in the panel
   * it hides.
   */
  reveal(id: PanelId): void {
    const panel = this.#api.getPanel(id);
    if (!panel) return;
    if (this.maximised !== null && this.maximised !== panel.group.id) this.#restoreSize();
    const before = document.activeElement;
    this.#shown[id] = undefined;
    panel.api.setActive();
    if (panel.group.api.isCollapsed()) panel.group.api.expand();
    if (before instanceof HTMLElement && before.isConnected && before.checkVisibility())
      before.focus();
  }

  /** Brings a panel to the front because it has something to say, until `giveBack`. */
  attend(id: PanelId): void {
    const group = this.#api.getPanel(id)?.group;
    const before = group?.activePanel?.id ?? '';
    const closed = group?.api.isCollapsed() ?? false;
    const shown = this.#shown[id];
    this.reveal(id);
    if (shown) this.#shown[id] = shown;
    else if ((before !== id || closed) && isPanelId(before)) this.#shown[id] = { before, closed };
  }

  /** Gives the place of a panel back to the one it hid, if it came by itself and is still there. */
  giveBack(id: PanelId): void {
    const shown = this.#shown[id];
    const group = this.#api.getPanel(id)?.group;
    if (!shown || group?.activePanel?.id !== id) return;
    this.reveal(shown.before);
    if (shown.closed) group.api.collapse();
  }

  /** Gives a group all of the dock, or takes it back. Without a group: that of the panel in use. */
  maximise(group: DockviewGroupPanel | undefined = this.#api.activeGroup): void {
    if (this.maximised !== null || !group) return this.#restoreSize();
    this.maximised = group.id;
    if (group.api.location.type === 'edge') {
      if (group.api.isCollapsed()) group.api.expand();
      this.#drawer.follow(this.#api.toJSON());
      this.#fill(group);
    } else {
      const drawer = this.#api.getEdgeGroup('bottom');
      this.#open = drawer !== undefined && !drawer.isCollapsed();
      drawer?.collapse();
      group.api.maximize();
    }
  }

  /** Shows the panel of a number in the drawer, or closes the drawer if it is shown already. */
  drawer(number: number): void {
    const id = IN_DRAWER[number - 1];
    const group = id && this.#api.getPanel(id)?.group;
    if (!group) return;
    const shown = group.activePanel?.id === id && !group.api.isCollapsed();
    if (shown) group.api.collapse();
    else this.reveal(id);
  }

  /** Keeps the places if the person gave the drawer another height. */
  #followDrawer(): void {
    if (this.maximised === null && this.#drawer.follow(this.#api.toJSON())) this.save();
  }

  #maximisedGroup(): DockviewGroupPanel | undefined {
    return this.#api.groups.find(({ id }) => id === this.maximised);
  }

  /** Gives the drawer the dock. 100 pixels stay, so a few lines of the code are in sight. */
  #fill(drawer: DockviewGroupPanel): void {
    drawer.api.setSize({ height: this.#drawer.height });
  }

  #restoreSize(): void {
    const group = this.#maximisedGroup();
    this.maximised = null;
    if (group?.api.location.type === 'edge') this.#drawer.restore();
    else if (group?.api.isMaximized()) {
      group.api.exitMaximized();
      if (this.#open) this.#api.getEdgeGroup('bottom')?.expand();
    }
  }

  /** Returns the width of the page for its text: large text needs the room of a narrower page. */
  #widthNow(): Width {
    return widthOf(window.innerWidth / textScale(this.#kept.preferences.sizes));
  }

  /** Arranges the panels for another width. The panel that has the keyboard keeps it. */
  #rearrange(width: number, height: number): void {
    const used = document.activeElement?.closest<HTMLElement>('.dock [data-part]')?.dataset.part;
    this.#restoreSize();
    // The present places belong to the width before, and are kept as they were.
    this.#arranging = true;
    this.#width = this.#widthNow();
    this.#api.layout(width, height);
    this.#arrange();
    if (used !== undefined) void enterPart(used);
  }

  /** Puts the panels where they were left, or `anew` where they stand at first. */
  #arrange(anew = false): void {
    this.#arranging = true;
    this.maximised = null;
    this.#shown = {};
    this.#clear();
    const { layout, places } = this.#kept.preferences;
    const kept = anew ? null : places[placesId(layout, this.#width)];
    if (restore(this.#api, kept)) {
      this.#drawer.read(kept as SerializedDockview);
    } else {
      this.#clear();
      if (layout === 'engineer' && this.#width !== 'narrow') arrangeEngineer(this.#api);
      else arrangeDrawer(this.#api, layout, this.#width);
      this.#drawer.read(this.#api.toJSON());
    }
    // The edge of the drawer is dragged without a word about the layout.
    this.#api.getEdgeGroup('bottom')?.onDidDimensionsChange(() => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#followDrawer());
    });
    // The dock tells of its changes later than it makes them.
    void tick().then(() => (this.#arranging = false));
  }

  #clear(): void {
    this.#api.clear();
    if (this.#api.getEdgeGroup('bottom')) this.#api.removeEdgeGroup('bottom');
  }
}
