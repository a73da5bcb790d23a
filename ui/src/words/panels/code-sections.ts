// The words of `panels/CodeSections.svelte`.

export const words = {
  sections: 'Sections',
  sectionsArtifact: 'Sections of the artifact',
};
