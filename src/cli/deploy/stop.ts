/**
 * A signal that the first interrupt or termination of this process aborts: nothing more begins, and
 * what is at work ends in order. The second one ends the process at once.
 */
export function stopSignal(tell: (line: string) => void) {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) return;
    tell('Stopping: what is at work comes to its end first. Once more ends it at once.');
    controller.abort();
    release();
  };
  const release = () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { signal: controller.signal, release };
}
