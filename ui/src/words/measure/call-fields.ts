// The words of `measure/CallFields.svelte`.

export const words = {
  call: 'Call',
  with: 'with',
  noArguments: 'no arguments',
  oneWordForEach: 'One word for each parameter',
};
