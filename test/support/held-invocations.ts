import type { Invoker } from '../../ingress/routing/invoker/index.ts';

type Asked = Parameters<Invoker['invoke']>;

/** An invoker whose invocations wait until they are let go. */
export class HeldInvocations {
  /** What was asked for, in order. */
  readonly asked: { readonly target: Asked[0]; readonly event: Asked[1] }[] = [];
  readonly #only: string | undefined;
  readonly #waiting: (() => void)[] = [];
  #open = false;

  /** @param only the family whose invocations wait; all of them unless said */
  constructor(only?: string) {
    this.#only = only;
  }

  /** For `rigOf`. */
  readonly wrap = (invoker: Invoker): Invoker => ({
    ...invoker,
    invoke: async (target, event, signal) => {
      this.asked.push({ target, event });
      if (!this.#open && (this.#only ?? target.family) === target.family)
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      return invoker.invoke(target, event, signal);
    },
  });

  /** Those that wait run, and all to come at once. */
  open(): void {
    this.#open = true;
    for (const letGo of this.#waiting.splice(0)) letGo();
  }

  /** One after the other runs, also those that come of it. */
  async oneByOne(settle: () => Promise<void>): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      next();
      await settle();
    }
  }
}
