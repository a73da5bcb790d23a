// The words of `measure/timeline.ts`.

export const words = {
  number: '#',
  when: 'When',
  tab: 'Tab',
  what: 'What',
  compiler: 'Compiler',
  engine: 'Engine',
  cache: 'Cache',
  total: 'total',
  error: 'error',
  nanoseconds: (phase: string) => `${phase} (ns)`,
  call: (name: string) => `call ${name}`,
};
