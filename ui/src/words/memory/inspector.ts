// The words of `memory/Inspector.svelte`.

export const words = {
  dataSegment: (index: number, value: string) => `in data segment ${index}${value}`,
  type: 'Type',
  littleEndian: 'Little-endian',
  bigEndian: 'Big-endian',
  followPointer: (value: string) => `Follow pointer${value}`,
  pointsPastEndMemory: 'It points past the end of this memory.',
};
