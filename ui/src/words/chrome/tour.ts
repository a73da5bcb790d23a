// The words of `chrome/Tour.svelte`.

export const words = {
  title: 'Tour of Watshop',
  step: (number: number, all: number) => `Step ${number} of ${all}`,
  back: 'Back',
  next: 'Next',
  done: 'Done',
  leave: 'Leave the tour',
  again: 'The command **Tour of Watshop** in the palette ([[Ctrl+K]]) begins it again.',
  /** The steps, each with the panel that it is about, which the page knows by the place in this list. */
  steps: [
    {
      title: 'A workshop for WebAssembly',
      text: [
        'Write a module as text, run it with up to three compilers, look into its memory while it runs, and take its machine code to other machines. Watshop is for people who learn WebAssembly, teach it, or build with it.',
        'Three things to try: **Run** the module and call `add_one` with 41. Press **Compare** in the layout of that name: each compiler runs the same call. Open the lesson **Memory** and watch the bytes change.',
      ],
    },
    {
      title: 'Lessons',
      text: [
        'Each lesson opens in a tab: a small module, what to look at, and what must come out. Change it as you like; **Reset** brings it back.',
      ],
    },
    {
      title: 'The text',
      text: [
        'Mistakes are underlined while you type, with the next step. Watshop keeps every tab by itself. Your own files are opened and saved from the row above.',
      ],
    },
    {
      title: 'Exports',
      text: [
        '**Run** ([[Ctrl+Enter]]) starts the module. Its functions are then here: type arguments, press **Call**, and read the result, exact to the last bit.',
      ],
    },
    {
      title: 'Memory and times',
      text: [
        'The panels below show the output of programs, the memory byte by byte, and the time of each phase with each compiler. Press **⤢** to give a panel all of the room.',
      ],
    },
    {
      title: 'Layouts and help',
      text: [
        'The layouts on the status bar are made for learning, comparing, looking into memory, working and presenting. [[F1]] opens the guide, [[Ctrl+K]] finds every command, [[?]] lists the keys.',
      ],
    },
  ],
};
