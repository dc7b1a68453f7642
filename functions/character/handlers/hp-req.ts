import { packet } from '../../../shared/kit/index.ts';
import { SIGNALS } from '../names.ts';
import type { CharacterContext, CharacterPacket, CharacterSignal } from '../sections.ts';

/** Hp of an object on the map: the own at once, another's by asking whoever it belongs to. Nobody answers for unknown ones. */
export const hpReq: CharacterPacket<'CLI_HP_REQ'> = (context, { targetId }) => {
  const { presence, vitals } = context.sections;
  if (presence === undefined || vitals === undefined) return { refused: 'not_in_world' };
  if (targetId === presence.objectId)
    return { replies: [packet('SRV_HP_REPLY', { id: targetId, hp: vitals.hp })] };
  if (targetId === 0) return { refused: 'no_target' };
  return { signals: [{ to: `object/${presence.map}/${targetId}`, name: SIGNALS.hpAsked, payload: {} }] };
};

/** Somebody on the map asks, for this character or for a monster of this region. */
export const hpAsked: CharacterSignal = (context, _payload, message) => {
  const known = hpOf(context, message.to);
  if (known === undefined) return { refused: 'not_in_world' };
  const answer = packet('SRV_HP_REPLY', known);
  return { deliveries: [{ to: `connection/${message.from.connection}`, packets: [answer] }] };
};

function hpOf(
  { connection, sections }: CharacterContext,
  address: string,
): { readonly id: number; readonly hp: number } | undefined {
  const { presence, vitals, monsters } = sections;
  if (connection.kind === 'actor') {
    const mob = monsters?.mobs[address.slice(address.lastIndexOf('/') + 1)];
    return mob === undefined ? undefined : { id: mob.objectId, hp: mob.hp };
  }
  return presence === undefined || vitals === undefined
    ? undefined
    : { id: presence.objectId, hp: vitals.hp };
}
