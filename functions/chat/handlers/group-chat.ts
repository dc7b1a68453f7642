import type { NamedPacket } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import type { Text } from '../../../shared/protocol/index.ts';
import { admit } from '../admit.ts';
import type { ChatContext, ChatPacket, ChatResult } from '../sections.ts';
import { serverWhisper } from '../server-whisper.ts';

/** To the members of one's party, wherever they are. */
export const partyChat: ChatPacket<'CLI_PARTY_CHAT'> = (context, { message }) => {
  const { party: section, presence } = context.sections;
  const party = section?.self === context.characterId ? section?.party : undefined;
  const objectId = presence?.objectId ?? 0;
  return say(context, message, {
    topic: party === undefined ? undefined : `party/${party.id}`,
    none: 'You are in no party.',
    said: () => packet('SRV_PARTY_CHAT', { char_id: objectId, message }),
  });
};

/** To the members of one's clan, wherever they are. */
export const clanChat: ChatPacket<'CLI_CLAN_CHAT'> = (context, { message }) => {
  const sender = context.sections.character?.name ?? '';
  return say(context, message, {
    ...clanOf(context),
    said: () => packet('SRV_CLAN_CHAT', { sender, message }),
  });
};

/** To one's allies: those of the same clan. */
export const alliedChat: ChatPacket<'CLI_ALLIED_CHAT'> = (context, { message }) => {
  const { team, ...clan } = clanOf(context);
  return say(context, message, { ...clan, said: () => packet('SRV_ALLIED_CHAT', { team, message }) });
};

/** The same, with the name and as seldom as shouting. */
export const alliedShoutChat: ChatPacket<'CLI_ALLIED_SHOUT_CHAT'> = (context, { message }) => {
  const { team, ...clan } = clanOf(context);
  const sender = context.sections.character?.name ?? '';
  const said = () => packet('SRV_ALLIED_SHOUT_CHAT', { team, sender, message });
  return say(context, message, { ...clan, shout: true, said });
};

interface Group {
  /** undefined: one is in no such group. */
  readonly topic: string | undefined;
  /** What is said then. */
  readonly none: string;
  readonly shout?: boolean;
  readonly said: () => NamedPacket;
}

function clanOf(context: ChatContext) {
  const section = context.sections.clan;
  const clan = section?.self === context.characterId ? section?.clan : undefined;
  const topic = clan === undefined ? undefined : `clan/${clan.id}`;
  return { topic, team: clan?.number ?? 0, none: 'You are in no clan.' };
}

/** Delivers to the group's topic, which the speaker hears too. */
function say(context: ChatContext, message: Text, group: Group): ChatResult {
  const { presence, character } = context.sections;
  if (presence?.visible !== true || character === undefined) return { refused: 'not_in_world' };
  const admission = admit(context, message, group.shout);
  if ('refusal' in admission) return admission.refusal;
  const state = { sections: { chat: admission.chat } };
  if (group.topic === undefined) return { state, replies: [serverWhisper(group.none)], refused: 'no_group' };
  return { state, deliveries: [{ to: group.topic, packets: [group.said()] }] };
}
