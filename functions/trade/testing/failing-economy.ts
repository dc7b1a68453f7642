import type { TradeServices } from '../services.ts';

/** The economy of a store that answers nothing while it is down. */
export function failingEconomy({ economy }: TradeServices) {
  const failing = { code: 'down', problem: 'no answer' } as const;
  const state = { down: false };
  const services: TradeServices = {
    economy: {
      ...economy,
      settle: async (request) => (state.down ? failing : economy.settle(request)),
      possessions: async (request) => (state.down ? failing : economy.possessions(request)),
    },
  };
  return { services, state };
}
