/** The milliseconds between a reply and the next request. */
const PAUSE = 250;

/**
 * Sends a request again and again, each time after the last reply, so that a busy workbench is
 * asked less often. A failed request is repeated too, because the cause may pass. Returns a
 * function that ends it.
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
