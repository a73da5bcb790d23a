// The words of `panels/Artifact.svelte`.

export const words = {
  downloadSealedArtifact: 'Download sealed artifact',
  built: 'Built for',
  readingLoadedCode: 'Reading the loaded code…',
  sealedArtifactModuleAfter:
    'A **sealed artifact** is a module after compiling: machine code for one kind of machine, behind it a passport that says who made it, for which target, with which CPU features, and the hash of every byte.',
  watshopReadsPassportBefore:
    'Watshop reads the passport before it loads any code, so an artifact for another machine is refused and never run. Choose another **Target** and press **Build** to make one, or open a `.wshop` file to see its passport here.',
  runsWithoutCompiler: 'It runs without a compiler.',
  sizesPrograms: 'Sizes of the programs',
};
