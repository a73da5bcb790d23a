// The words of `imports/JavaScriptField.svelte`.

export const words = {
  javascript: (name: string) => `JavaScript of ${name}`,
  mistake: (of: string) => `Mistake in ${of}`,
  line: (line: number) => `Line ${line}:`,
  functionYYNumbers:
    'A function: `(x, y) => x + y`. Numbers for i32, f32 and f64, BigInt for i64 and v128, an array for several results. At hand: `memory` (`memory.text(at, length)`, `memory.u8(at)`, `memory.i32(at, value)`, `memory.buffer`), `table`, `globals`, `exports`, `console.log`.',
};
