import { PartyReplyType } from '../../../shared/protocol/packets.generated.ts';
import { unasked } from '../asking.ts';
import { memberOf } from '../change.ts';
import { drop } from '../drop.ts';
import { LOOK_SOON, SIGNALS, TIMERS } from '../names.ts';
import { replyPacket } from '../packets.ts';
import type { PartySignal } from '../sections.ts';
import { changeParty, ownParty } from '../tell.ts';

/** A character was taken over: when it stands in the world, the party that it was in is looked for. */
export const owned: PartySignal = async (context, { characterId }) => {
  if (typeof characterId !== 'string') return {};
  const last = context.sections.party;
  const left = last === undefined || last.self === characterId ? {} : await drop(context, last);
  return {
    ...left,
    state: { sections: { party: { self: characterId, known: false } } },
    timers: [
      { name: TIMERS.sweep, cancel: true },
      { name: TIMERS.look, at: context.now + LOOK_SOON },
    ],
  };
};

/** The connection ends: the place in the party is kept for a while. */
export const closing: PartySignal = (context) => {
  const section = context.sections.party;
  return section === undefined ? {} : drop(context, section);
};

/** Somebody could not be reached: whoever was asked is not there, and a member is away. */
export const undeliverable: PartySignal = (context, { to, name }) => {
  const section = context.sections.party;
  if (section === undefined || typeof to !== 'string') return {};
  if (name === SIGNALS.ask && section.asked !== undefined) {
    const target = Number(to.split('/')[2] ?? 0) || 0;
    return {
      state: { sections: { party: unasked(section) } },
      replies: [replyPacket(PartyReplyType.NOT_FOUND, target)],
      refused: 'unknown_target',
    };
  }
  const party = ownParty(section);
  const id = to.startsWith('character/') ? to.slice('character/'.length) : '';
  const isNews = name === SIGNALS.sync || name === SIGNALS.facts || name === SIGNALS.gain;
  if (!isNews || party === undefined || memberOf(party, id)?.droppedAt !== 0) return {};
  return changeParty(context, section, party, { kind: 'drop', id, at: context.now }, 'changed');
};
