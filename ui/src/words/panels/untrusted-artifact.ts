// The words of `panels/UntrustedArtifact.svelte`.

export const words = {
  trust: 'Trust',
  youTrustArtifactNot: 'You trust this artifact, which was not made here. It runs in the sandbox.',
  stopTrusting: 'Stop trusting it',
  nativeCodeUnknownOrigin:
    '**Native code of unknown origin.** To run it is to run its maker’s program: nothing can check what machine code does. The sandbox keeps it from your files, from the network and from other programs.',
};
