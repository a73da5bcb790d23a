/** Milliseconds until a byte that has changed looks as it did before, in the steps in which it fades. */
const STEPS = [250, 700, 1500];

/** Which bytes have changed lately, of those that are looked at. */
export class Freshness {
  #from = 0;
  #bytes: Uint8Array = new Uint8Array();
  /** When each changed; 0 is never. */
  #when = new Float64Array();

  /** Takes the bytes as they are now. What was not looked at before has not changed. */
  see(from: number, bytes: Uint8Array, now: number): void {
    const when = new Float64Array(bytes.length);
    const first = Math.max(from, this.#from);
    const end = Math.min(from + bytes.length, this.#from + this.#bytes.length);
    for (let at = first; at < end; at++) {
      const before = at - this.#from;
      const changed = this.#bytes[before] !== bytes[at - from];
      when[at - from] = changed ? now : (this.#when[before] ?? 0);
    }
    this.#from = from;
    this.#bytes = bytes;
    this.#when = when;
  }

  /** Forgets all: what comes next is of another instance. */
  clear(): void {
    this.see(0, new Uint8Array(), 0);
  }

  /** How fresh a change of a byte is: 3 just now, 0 none or long ago. */
  heat(address: number, now: number): 0 | 1 | 2 | 3 {
    const when = this.#when[address - this.#from] ?? 0;
    if (when === 0) return 0;
    const step = STEPS.findIndex((age) => now - when < age);
    return step < 0 ? 0 : ((3 - step) as 1 | 2 | 3);
  }

  /** The next byte after an address that has changed lately, from the beginning again at the end. */
  next(after: number, now: number): number | null {
    const length = this.#when.length;
    for (let step = 0; step < length; step++) {
      const at = (((after + 1 - this.#from + step) % length) + length) % length;
      if (this.heat(this.#from + at, now) > 0) return this.#from + at;
    }
    return null;
  }
}
