// The words of `memory/clipboard.ts`.

import { count } from '../number.ts';

export const words = {
  notAllTheseBytes: 'Not all of these bytes are on the screen. Use the button Copy, below Range….',
  copied: (bytes: number) => `Copied ${count(bytes, 'byte')}.`,
  notHexChooseText: 'This is not hex. Choose Text to paste it as characters.',
  noTextClipboard: 'There is no text in the clipboard.',
  moreThanMibCan: (number: number) =>
    `That is more than the ${number} MiB that can be pasted: save it as a file and load that.`,
};
