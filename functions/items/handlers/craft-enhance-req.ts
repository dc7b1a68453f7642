import { wireSlots } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import {
  type CraftEnhancementData,
  CraftEnhancementResult as Result,
  CraftEnhancementType as Type,
} from '../../../shared/protocol/packets.generated.ts';
import { whereIs } from '../../../shared/world/whereabouts.ts';
import { type Acting, actingOf } from '../acting.ts';
import { MOVEMENT_REFRESH } from '../names.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { disassemble, setGem, upgrade } from '../rules/enhance.ts';
import { smithNear } from '../rules/smith.ts';
import type { ItemsContext, ItemsPacket, ItemsResult } from '../sections.ts';

/** What the rules call it, and the protocol's code for it. */
const CAME: Readonly<Record<string, number>> = {
  set: Result.GEM_SUCCESS,
  gem_out: Result.DISASSEMBLE_GEM_SUCCESS,
  gem_degraded: Result.DISASSEMBLE_GEM_DEGRADED,
  gem_lost: Result.DISASSEMBLE_GEM_LOST,
  scrap: Result.DISASSEMBLE_SUCCESS,
  better: Result.UPGRADE_SUCCESS,
  failed: Result.UPGRADE_FAIL,
};

/** A gem is set, a thing is taken apart, or refined: by oneself or at a smith nearby. */
export const craftEnhanceReq: ItemsPacket<'CLI_CRAFT_ENHANCE_REQ'> = async (
  context,
  { enhancement, data },
) => {
  const acting = actingOf(context);
  if ('refused' in acting) return refusal(enhancement, acting.refused);
  const npc = npcOf(enhancement, data);
  if (
    npc !== null &&
    smithNear(acting.presence.map, whereIs(acting.position, context.now), npc) === undefined
  )
    return refusal(enhancement, 'no_smith');
  const dice = context.dice.int(1000);
  return carry(context, acting, enhancement, data, dice);
};

async function carry(
  context: ItemsContext,
  acting: Acting,
  enhancement: number,
  data: CraftEnhancementData,
  dice: number,
): Promise<ItemsResult> {
  const done = await settleOwn(context, acting, {
    step: 'enhance',
    plan: ({ inventory, uids }) => {
      switch (enhancement) {
        case Type.GEM:
          return setGem(inventory, data.gem_target, data.gem_source, uids);
        case Type.DISASSEMBLE_SKILL:
        case Type.DISASSEMBLE_NPC:
          return disassemble(inventory, data.disassemble_target, dice, uids);
        case Type.UPGRADE_SKILL:
        case Type.UPGRADE_NPC:
          return upgrade(inventory, data.upgrade_target, dice, uids);
        default:
          return { refused: 'unknown_request' };
      }
    },
  });
  if (done.code !== 'ok') return { ...refusal(enhancement, done.reason), ...declined(done) };
  const { came } = done.note as { came: string };
  const items = wireSlots(done.inventory, done.changed);
  const reply = packet('SRV_CRAFT_ENHANCE_REPLY', { result: CAME[came] ?? Result.UPGRADE_FAIL, items });
  return {
    ...done.result(),
    replies: [reply],
    signals: [{ to: 'self', name: MOVEMENT_REFRESH, payload: {} }],
  };
}

/** The figure that is to do it; null when one does it oneself. */
function npcOf(enhancement: number, data: CraftEnhancementData): number | null {
  if (enhancement === Type.DISASSEMBLE_NPC) return data.disassemble_source;
  return enhancement === Type.UPGRADE_NPC ? data.upgrade_source : null;
}

function refusal(enhancement: number, reason: string): ItemsResult {
  const result = codeOf(enhancement, reason);
  if (result === undefined) return { refused: reason };
  return { replies: [packet('SRV_CRAFT_ENHANCE_REPLY', { result, items: [] })], refused: reason };
}

/** Taking apart has no code for a refusal. */
function codeOf(enhancement: number, reason: string): number | undefined {
  if (enhancement === Type.GEM)
    return reason === 'socket_full' ? Result.GEM_SOCKET_FULL : Result.GEM_NO_SOCKET;
  if (enhancement === Type.UPGRADE_SKILL || enhancement === Type.UPGRADE_NPC)
    return Result.UPGRADE_INVALID_MATERIALS;
  return undefined;
}
