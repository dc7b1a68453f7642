import { packet } from '../../../shared/kit/index.ts';
import { MOVEMENT } from '../names.ts';
import type { CharacterPacket } from '../sections.ts';

const U16 = 0xffff;

/** The client has loaded the map. Everything nearby follows, by the movement family. */
export const changeMapReq: CharacterPacket<'CLI_CHANGE_MAP_REQ'> = (context) => {
  const { character, vitals, presence } = context.sections;
  if (character === undefined || vitals === undefined || presence === undefined)
    return { refused: 'not_in_world' };
  return {
    replies: [
      packet('SRV_CHANGE_MAP_REPLY', {
        objectIndex: presence.objectId,
        hp: Math.min(U16, vitals.hp),
        mp: Math.min(U16, vitals.mp),
        xp: Math.min(U16, Number(character.xp)),
        penalizeXp: 0,
        worldTime: 0,
        teamNumber: 0,
      }),
    ],
    signals: [{ to: 'self', name: MOVEMENT.enter, payload: {} }],
  };
};
