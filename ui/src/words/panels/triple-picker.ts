// The words of `panels/TriplePicker.svelte`.

export const words = {
  noKnownTripleContains:
    'No known triple contains these letters. Press [[Enter]] to look this one up.',
};
