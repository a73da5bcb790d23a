// The words of `panels/Sandbox.svelte`.

export const words = {
  sandbox: 'Sandbox',
  all: (layersCount: number) => `All ${layersCount}`,
  of: (active: number, layersCount: number) => `${active} of ${layersCount}`,
  layersStandBetweenCode: (value: string) =>
    `${value} layers stand between this code and the machine.`,
  unknownReason: 'for an unknown reason',
  notActive: 'not active',
};
