import type { CombatPacket } from '../sections.ts';

/** What a client thinks a blow does. It decides nothing: the server judges every blow. */
export const damage: CombatPacket<'CLI_DAMAGE'> = () => ({ refused: 'server_decides' });
