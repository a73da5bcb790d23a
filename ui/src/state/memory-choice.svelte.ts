/** The memory that somebody wants to look into, for the viewer to show. */
class MemoryChoice {
  /** The tab that exports it. */
  tab: number | null = $state(null);
  /** The export's name. */
  memory: string | null = $state(null);
  /** Grows with every choice, so that the same one can be made again. */
  made = $state(0);

  choose(tab: number, memory: string): void {
    this.tab = tab;
    this.memory = memory;
    this.made++;
  }
}

export const memoryChoice = new MemoryChoice();
