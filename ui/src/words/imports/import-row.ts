// The words of `imports/ImportRow.svelte`.

export const words = {
  provide: (title: string) => `Provide: ${title}`,
  providedAlready: 'It is provided by this already.',
  copyName: 'Copy name',
  copyType: 'Copy type',
  provideNothing: 'Provide nothing',
  nothingProvided: 'Nothing is provided.',
  provider: (of: string) => `Provider of ${of}`,
  notProvided: 'Not provided',
};
