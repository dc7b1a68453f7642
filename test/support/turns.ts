import { CONTRACT_VERSION, type Message, type Turn, type TurnEvent } from '../../shared/contract/index.ts';

/** A turn of a client in the world, one millisecond into its time; `over` replaces any part. */
export function aTurn(messages: readonly Message[], over: Partial<Turn> = {}): Turn {
  return {
    turnId: 'i1-1:1',
    attempt: 1,
    now: 1_800_000_000_000,
    seed: 7,
    epoch: 1,
    deadline: 1_800_000_003_000,
    connection: {
      id: 'i1-1',
      kind: 'client',
      actor: null,
      stage: 'world',
      address: '127.0.0.1',
      public: { host: '127.0.0.1', port: 29_000 },
    },
    state: { userId: 'u1', sessionId: 's1', characterId: 'c1', characters: [], sections: {} },
    messages,
    ...over,
  };
}

export const anEvent = (family: string, ...turns: readonly Turn[]): TurnEvent => ({
  v: CONTRACT_VERSION,
  family,
  ingress: 'i1',
  turns,
});

/** A chat line as the ingress decodes it. */
export const chatMessage = (seq: number, text: string): Message => ({
  seq,
  name: 'CLI_NORMAL_CHAT',
  kind: 'packet',
  type: 0x783,
  payload: { message: text },
});
