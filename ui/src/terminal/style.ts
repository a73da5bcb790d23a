// The look of characters that a program has chosen by SGR.

/** The most characters of parameters that are kept. */
const MOST = 256;

/** The parameters since the last reset, to be given again when the program goes on writing. */
export class Style {
  #parameters = '';
  /** True if the program has chosen no colour for the characters. */
  isPlain = true;

  /** Takes the parameters of a sequence: numbers between semicolons. */
  apply(parameters: string): void {
    const all = parameters.split(';');
    for (let index = 0; index < all.length; index++) {
      const one = all[index] ?? '';
      let length = 1;
      if (one === '38' || one === '48' || one === '58') length = all[index + 1] === '5' ? 3 : 5;
      const given = all.slice(index, index + length).join(';');
      index += length - 1;
      this.#take(one, given);
    }
  }

  /** Returns the sequence that brings the look back; `base` is the one without a choice. */
  sequence(base: string): string {
    const parts = ['0', this.#parameters, this.isPlain ? base : ''];
    return `\x1b[${parts.filter((part) => part !== '').join(';')}m`;
  }

  #take(one: string, given: string): void {
    if (one === '' || /^0+$/.test(one)) {
      this.#parameters = '';
      this.isPlain = true;
      return;
    }
    if (/^(3|9)\d(:|$)/.test(one)) this.isPlain = one === '39';
    const joined = this.#parameters === '' ? given : `${this.#parameters};${given}`;
    // A program may choose for ever without a reset: the latest choices count.
    this.#parameters =
      joined.length > MOST ? joined.slice(joined.indexOf(';', joined.length - MOST) + 1) : joined;
  }
}
