import type { Party, PartyFacts, PartyMemberEntry } from '../../shared/sections/index.ts';
import { maxHp, maxMp, regenerated, regenerationShare } from '../../shared/world/formulas.ts';
import type { PartyContext } from './sections.ts';

/** What members are to be shown of the acting character now; undefined while it is not in the world. */
export function factsOf(context: PartyContext): PartyFacts | undefined {
  const { character, vitals, presence, position } = context.sections;
  if (character === undefined || presence?.visible !== true) return undefined;
  const { level, stats } = character;
  const largest = maxHp(level, stats.con);
  const sitting = position?.gait === 'sit';
  const hp =
    vitals === undefined || vitals.hp <= 0
      ? (vitals?.hp ?? largest)
      : regenerated(vitals.hp, largest, vitals.at, context.now, sitting);
  return {
    at: context.now,
    map: presence.map,
    objectId: presence.objectId,
    level,
    hp: Math.max(0, hp),
    maxHp: largest,
    con: stats.con,
    hpRecovery: Math.ceil(largest * regenerationShare(sitting)),
    mpRecovery: Math.ceil(maxMp(level, stats.int) * regenerationShare(sitting)),
  };
}

/** The acting character as a member; undefined while it is not in the world. */
export function entryOf(context: PartyContext): PartyMemberEntry | undefined {
  const facts = factsOf(context);
  const { character } = context.sections;
  if (facts === undefined || character === undefined) return undefined;
  return { id: character.id, name: character.name, tag: tagOf(character.id), droppedAt: 0, facts };
}

/** The objects that the others of the party are, where they are in the world: a member is shown them however crowded it is. */
export function pinsOf(party: Party, self: string): string[] {
  return party.members.flatMap(({ id, droppedAt, facts }) =>
    id === self || droppedAt > 0 || facts.objectId === 0 ? [] : [`${facts.map}/${facts.objectId}`],
  );
}

/** A number by which clients tell characters apart, as in SRV_SELECT_CHAR_REPLY: the first 32 bits of the id. */
export function tagOf(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) >>> 0;
}

/** Whether what others hold about somebody's place and level is out of date. */
export function placeDiffers(a: PartyFacts, b: PartyFacts): boolean {
  return a.map !== b.map || a.objectId !== b.objectId || a.level !== b.level;
}

/** Whether what is shown differs at all. */
export function differs(a: PartyFacts, b: PartyFacts): boolean {
  return placeDiffers(a, b) || a.hp !== b.hp || a.maxHp !== b.maxHp || a.con !== b.con;
}
