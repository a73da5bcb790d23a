// The words of `panels/CodeSections.svelte`.

export const words = {
  section: 'Section',
  whole: (size: string) => `The whole payload, with its description: ${size}`,
  sections: 'Sections',
  sectionsArtifact: 'Sections of the artifact',
};
