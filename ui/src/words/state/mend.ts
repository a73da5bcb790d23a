// The words of `state/mend.ts`.

export const words = {
  turnOn: (proposal: string) => `Turn on \`${proposal}\``,
  allowMemory: 'Allow 4 GiB in this tab',
  raise: (limit: string, value: number) => `Raise “${limit}” to ${value.toLocaleString('en')}`,
};
