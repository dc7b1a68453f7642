import { BodyReader } from '../../shared/kit/index.ts';

/** What a client may want of its clan. The numbers are those that clients of this protocol have used. */
export const COMMAND = {
  create: 0x00,
  invite: 0x02,
  kick: 0x03,
  promote: 0x04,
  demote: 0x05,
  notice: 0x06,
  leave: 0x07,
  members: 0x08,
  master: 0x09,
  disband: 0x0a,
  levelAndJob: 0x0f,
  accept: 0x5c,
  reject: 0x5d,
} as const;

export type ClanCommand =
  | {
      readonly kind: 'create';
      readonly mark: { readonly back: number; readonly center: number };
      readonly name: string;
      readonly description: string;
    }
  | {
      readonly kind: 'invite' | 'kick' | 'promote' | 'demote' | 'notice' | 'master' | 'accept' | 'reject';
      readonly text: string;
    }
  | { readonly kind: 'leave' | 'members' | 'disband' | 'levelAndJob' };

const NAMES = new Map<number, keyof typeof COMMAND>(
  Object.entries(COMMAND).map(([name, number]) => [number, name as keyof typeof COMMAND]),
);

/** Reads the body of CLI_CLAN_COMMAND; undefined when it is none that is known, or not as it should be. */
export function commandOf(body: readonly number[]): ClanCommand | undefined {
  const reader = new BodyReader(body);
  const number = reader.u8();
  const kind = number === undefined ? undefined : NAMES.get(number);
  switch (kind) {
    case undefined:
      return undefined;
    case 'create': {
      const [back, center] = [reader.u16(), reader.u16()];
      const [name, description] = [reader.text(), reader.text()];
      if (back === undefined || center === undefined) return undefined;
      if (typeof name !== 'string' || typeof description !== 'string') return undefined;
      return { kind, mark: { back, center }, name, description };
    }
    case 'leave':
    case 'members':
    case 'disband':
    case 'levelAndJob':
      return { kind };
    default: {
      const text = reader.text();
      return typeof text === 'string' ? { kind, text } : undefined;
    }
  }
}
