// The words of `memory/address.ts`.

export const words = {
  writeAddressSuchX1000: 'Write an address, such as 4096, 0x1000, global NAME or data segment 0.',
  memoryEmptyNoAddresses: 'This memory is empty: it has no addresses until it grows.',
  notAddressWriteX1000: (rest: string) =>
    `“${rest}” is not an address: write 4096, 0x1000, global NAME or data segment 0.`,
  writeBetweenTwoParts: (rest: string) =>
    `Write + or - between two parts of an address, not “${rest}”.`,
  writeHexadecimalDigitsAfter: 'Write hexadecimal digits after 0x.',
  thereAre: (known: string) => `; there are ${known}.`,
  noIntegerGlobalExported: (name: string, value: string) =>
    `No integer global “${name}” is exported${value}`,
  memoryNoActiveData: (index: number) => `This memory has no active data segment ${index}.`,
  addressDataSegmentDepends: (index: number) =>
    `The address of data segment ${index} depends on an import.`,
  addressCannotNegative: 'An address cannot be negative.',
  pastEndMemoryWhose: (toString: string, last: string) =>
    `0x${toString} is past the end of the memory, whose last byte is 0x${last}.`,
};
