/** Milliseconds after which something is tried again. */
const AGAIN = 8000;

/** Does something, and again from time to time, until that has come which it is for. */
export async function insist<T>(aim: Promise<T>, deed: () => void): Promise<T> {
  deed();
  const timer = setInterval(deed, AGAIN);
  return aim.finally(() => clearInterval(timer));
}
