import { packet } from '../../../shared/kit/index.ts';
import { ClanIconError } from '../../../shared/protocol/packets.generated.ts';
import { actingOf } from '../acting.ts';
import { RANK } from '../clan.ts';
import { ICON_BYTES, ICON_PAUSE } from '../names.ts';
import type { ClanPacket, ClanResult } from '../sections.ts';
import type { ClanIcon } from '../store/clans.ts';

/** A clan's own picture: deputies and the master set it, once a minute at most. */
export const clanIconSet: ClanPacket<'CLI_CLAN_ICON_SET'> = async (context, { crc, data }) => {
  const { now, services } = context;
  const clan = actingOf(context)?.section.clan;
  if (clan === undefined) return failed('no_clan', ClanIconError.DB_ERROR);
  if (clan.rank < RANK.deputy) return failed('no_right', ClanIconError.DB_ERROR);
  if (data.length === 0 || data.length > ICON_BYTES) return failed('bad_value', ClanIconError.SP_ERROR);
  const last = await services.clans.icon({ clanId: clan.id });
  if ('icon' in last && last.icon.at + ICON_PAUSE > now)
    return failed('too_often', ClanIconError.TOO_MANY_UPDATES);
  const icon = { data: Buffer.from(data).toString('base64'), crc, at: now };
  const outcome = await services.clans.setIcon({ clanId: clan.id, icon });
  if (outcome.code === 'ok') return { replies: [timestamp(icon)] };
  context.log.error('picture not kept', { ...outcome });
  return failed('service_down', ClanIconError.DB_ERROR);
};

/** The picture of any clan, by its number. */
export const clanIconReq: ClanPacket<'CLI_CLAN_ICON_REQ'> = async (context, { id }) => {
  const outcome = await context.services.clans.icon({ number: id });
  if (!('icon' in outcome)) return { refused: outcome.code === 'none' ? 'no_icon' : 'service_down' };
  const data = [...Buffer.from(outcome.icon.data, 'base64')];
  return { replies: [packet('SRV_CLAN_ICON_REPLY', { id: id & 0xffff, data })] };
};

/** When the own clan's picture was set. */
export const clanIconTimestamp: ClanPacket<'CLI_CLAN_ICON_TIMESTAMP'> = async (context) => {
  const clan = actingOf(context)?.section.clan;
  if (clan === undefined) return { refused: 'no_clan' };
  const outcome = await context.services.clans.icon({ clanId: clan.id });
  return 'icon' in outcome ? { replies: [timestamp(outcome.icon)] } : { refused: 'no_icon' };
};

function timestamp({ at }: ClanIcon) {
  const date = new Date(at);
  return packet('SRV_CLAN_ICON_TIMESTAMP', {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    min: date.getUTCMinutes(),
    sec: date.getUTCSeconds(),
  });
}

/** The code stands where else the clan's number does, and there is no picture. */
function failed(refused: string, code: number): ClanResult {
  return { replies: [packet('SRV_CLAN_ICON_REPLY', { id: code, data: [] })], refused };
}
