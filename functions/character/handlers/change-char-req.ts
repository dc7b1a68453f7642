import { MOVEMENT, SIGNALS, STOPS } from '../names.ts';
import type { CharacterPacket } from '../sections.ts';

/** Back to the lobby: the character leaves the world first, and the answer comes when everything is saved. */
export const changeCharReq: CharacterPacket<'CLI_CHANGE_CHAR_REQ'> = () => ({
  signals: [
    ...STOPS.map((name) => ({ to: 'self', name, payload: {} })),
    { to: 'self', name: MOVEMENT.leave, payload: {} },
    { to: 'self', name: SIGNALS.left, payload: {} },
  ],
});
