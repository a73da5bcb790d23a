// The words of `editor/place.ts`.

export const words = {
  lineColumn: (line: number, column: number) => `line ${line}, column ${column}`,
  line: (line: number) => `line ${line}`,
  byte: (toString: string) => `byte 0x${toString}`,
};
