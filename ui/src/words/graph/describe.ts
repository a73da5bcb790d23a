// The words of `graph/describe.ts`.

export const words = {
  nothingRunYet: 'Nothing has run yet.',
  records: (recordsCount: number) => `${recordsCount} records`,
  record: '1 record',
  of: (count_: string, join: string, describeRecord: string) =>
    `${count_} of ${join}. ${describeRecord}`,
  run: 'run',
  functionWord: 'a function',
  call: (export_: string) => `call of ${export_}`,
  noPhaseMeasured: 'no phase was measured',
  failed: (replaceAll: string) => ` It failed: ${replaceAll}.`,
  latest: (what: string, compilerOf: string, times: string, failed: string) =>
    `Latest: ${what} with ${compilerOf}: ${times}.${failed}`,
};
