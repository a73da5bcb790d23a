// The words of `chrome/KeySettings.svelte`.

export const words = {
  belongsKeepsKey: (describeKey: string, title: string, title2: string) =>
    `${describeKey} belongs to ${title}. ${title2} keeps its key.`,
  keys: 'Keys',
  pressKeysButtonThen:
    'Press a key’s button, then the new keys, with Ctrl or Alt. Backspace takes the key away.',
  usualKey: (title: string) => `Usual key of ${title}`,
  usualKey2: 'Usual key',
  key: (title: string, keys: string) => `Key of ${title}: ${keys}`,
  pressKeys: 'Press keys…',
};
