// The words of `panels/TargetTable.svelte`.

export const words = {
  formsCode: 'Forms of code',
  compiler: 'Compiler',
  notTriedYet: 'not tried yet',
  available: 'available',
};
