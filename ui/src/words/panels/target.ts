// The words of `panels/Target.svelte`.

export const words = {
  chooseMachineMakeCode:
    'Choose the machine to make code for: this one, or any other that Wasmer knows.',
  tabHoldsSealedArtifact:
    'This tab holds a **sealed artifact**: machine code whose target was chosen when it was made. The panel **Artifact** shows which.',
  targetTriple: 'Target triple',
  targetTriples: 'Target triples',
  machineAllFeaturesCpu: (triple: string) =>
    `This machine (\`${triple}\`), with all features of its CPU.`,
  watshopDoesNotKnow: 'Watshop does not know its forms of code yet.',
  machineRunsCodeMade: 'This machine runs it: code is made and run here.',
  anotherMachineBuildCode: 'Another machine: **Build** the code, download it, and run it there.',
  formsCode: 'Forms of code',
  testedWasmer: (wasmer: string) => `Tested with Wasmer ${wasmer}.`,
};
