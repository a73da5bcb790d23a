/** Milliseconds between an answer and the next question. */
const PAUSE = 250;

/**
 * Asks again and again, the next time when the answer has come: a workbench that is busy is asked
 * less often. A question that fails is asked again too: what is looked at may come back. Gives what
 * ends it.
 */
export function askRepeatedly(ask: () => Promise<unknown>, pause = PAUSE): () => void {
  let wanted = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const again = () => {
    if (wanted) timer = setTimeout(turn, pause);
  };
  const turn = () => void ask().then(again, again);
  turn();
  return () => {
    wanted = false;
    clearTimeout(timer);
  };
}
