// The words of `memory/inspect.ts`.

export const words = {
  bytes: (readCount: number) => `${readCount} bytes`,
  byte: '1 byte',
  leb128Unsigned: 'LEB128 unsigned',
  leb128Signed: 'LEB128 signed',
};
