// The words of `values/host-call.ts`.

export const words = {
  running: 'running…',
  exit: (code: number) => `exit ${code}`,
  perhapsMore: (memory: string) => `${memory}: perhaps more`,
};
