// The pictures of the guide.

const FILES = import.meta.glob<string>('../../../docs/guide/pictures/*.webp', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The addresses of the pictures, by their path from `docs/guide`. */
export const PICTURES: ReadonlyMap<string, string> = new Map(
  Object.entries(FILES).map(([file, url]) => [file.replace('../../../docs/guide/', ''), url]),
);
