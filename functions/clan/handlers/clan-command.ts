import type { Acting } from '../acting.ts';
import { actingOf, refuse } from '../acting.ts';
import { commandOf } from '../command.ts';
import { infoPacket, membersPacket, NEWS, shortNews } from '../packets.ts';
import type { ClanContext, ClanPacket, ClanResult } from '../sections.ts';
import { create, disband, leave } from './founding.ts';
import { accept, invite, reject } from './inviting.ts';
import { handOver, kick, levelAndJob, notice, promote } from './members.ts';

/** Everything that a player does with its clan; the first byte says what. */
export const clanCommand: ClanPacket<'CLI_CLAN_COMMAND'> = (context, { body }) => {
  const command = commandOf(body);
  const acting = actingOf(context);
  if (acting === undefined) return { replies: [shortNews(NEWS.createFailed)], refused: 'not_in_world' };
  if (command === undefined) return { refused: 'unknown_command' };
  switch (command.kind) {
    case 'create':
      return create(context, acting, command);
    case 'invite':
      return invite(context, acting, command.text);
    case 'accept':
      return accept(context, acting);
    case 'reject':
      return reject(context, acting);
    case 'kick':
      return kick(context, acting, command.text);
    case 'promote':
      return promote(context, acting, command.text, 1);
    case 'demote':
      return promote(context, acting, command.text, -1);
    case 'master':
      return handOver(context, acting, command.text);
    case 'notice':
      return notice(context, acting, command.text);
    case 'leave':
      return leave(context, acting);
    case 'disband':
      return disband(context, acting);
    case 'members':
      return list(context, acting);
    case 'levelAndJob':
      return levelAndJob(context, acting);
  }
};

async function list(context: ClanContext, { section }: Acting): Promise<ClanResult> {
  const outcome = await context.services.clans.of({ characterId: section.self });
  if (outcome.code === 'down') {
    context.log.error('clan not read', { ...outcome });
    return refuse('members', 'service_down');
  }
  if (!('clan' in outcome)) return refuse('members', 'no_clan');
  return { replies: [infoPacket(outcome.clan, section.self), membersPacket(outcome.clan)] };
}
