// The words of `chrome/Sizes.svelte`.

export const words = {
  mb: (toFixed: string) => `${toFixed} MB`,
  runnerHeadless: 'Runner, headless',
  runnerWasix: 'Runner with WASIX',
  compiler: (compiler: string) => `Compiler ${compiler}`,
  sizes: 'Sizes',
  sizesWatshopsPrograms: 'Sizes of Watshop’s programs',
  runArtifactRunnerEnough:
    'To run an artifact the **runner** is enough: it contains no compiler. Each compiler is a program of its own, and starts when it is first chosen. So does the runner for modules that import WASIX.',
  measuring: 'Measuring… this compresses each program and takes a second.',
  sizesPrograms: 'Sizes of the programs',
  program: 'Program',
  asItIs: 'As it is',
  compressed: 'Compressed',
  chart: 'Chart',
  asItIsInChart: 'as it is',
  compressedInChart: 'compressed',
  compressedZstdLevelPackage:
    'Compressed with zstd, level 3. A package of the stripped files at level 19 is smaller still.',
};
