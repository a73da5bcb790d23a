// The words of `guide/Guide.svelte`.

export const words = {
  fileBesideSourcesWatshop: (outside: string) =>
    `${outside} is a file beside the sources of Watshop.`,
  guide: 'Guide',
  back: 'Back',
  contents: 'Contents',
  searchGuide: 'Search the guide',
  closeGuide: 'Close the guide',
  guidePage: 'Guide page',
  guideNothingAbout: (wanted: string) => `The guide has nothing about “${wanted}”.`,
  found: (foundCount: number) => `${foundCount} found.`,
  foundGuide: 'Found in the guide',
};
