// The words of `state/target-choice.ts`.

export const words = {
  sealedArtifactHoldsMachine:
    'A sealed artifact holds machine code, not the module that it was made of.',
  noTabOpen: 'No tab is open.',
  targetTypedRefused: (wrongTarget: string) =>
    `The target that is typed is refused. ${wrongTarget}`,
  engine: (compiler: string, engine: string) => `${compiler} with the engine ${engine}`,
  notHere: (compiler: string) => `${compiler} is not here.`,
  nowChosen: (now: string, reason: string) => `Now ${now} is chosen. ${reason}`,
};
