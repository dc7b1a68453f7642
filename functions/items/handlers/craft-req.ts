import { wireItem } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { CraftResult } from '../../../shared/protocol/packets.generated.ts';
import { actingOf } from '../acting.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { craft, recipeOf } from '../rules/craft.ts';
import type { ItemsPacket, ItemsResult } from '../sections.ts';

/** Something is made of the materials in the named slots, by its recipe and some luck. */
export const craftReq: ItemsPacket<'CLI_CRAFT_REQ'> = async (
  context,
  { type, id, material_slots: slots },
) => {
  const acting = actingOf(context);
  if ('refused' in acting) return refusal(CraftResult.INVALID_CONDITION, acting.refused);
  const recipe = recipeOf(type, id);
  if (recipe === undefined) return refusal(CraftResult.INVALID_ITEM, 'no_recipe');
  if (acting.character.level < recipe.level) return refusal(CraftResult.INVALID_SKILL_LEVEL, 'level_too_low');
  const lucky = context.dice.int(1000) < recipe.chance;
  const done = await settleOwn(context, acting, {
    step: 'craft',
    plan: ({ inventory, uids }) => craft(inventory, recipe, slots, lucky, uids),
  });
  if (done.code !== 'ok') {
    const missing = done.reason === 'missing_material';
    const result = missing ? CraftResult.MISSING_ITEM : CraftResult.INVALID_CONDITION;
    return { ...refusal(result, done.reason), ...declined(done) };
  }
  const { made, slot } = done.note as { made: boolean; slot: number };
  const reply = packet('SRV_CRAFT_REPLY', {
    result: made ? CraftResult.SUCCESSS : CraftResult.FAIL,
    stepOrIndex: slot,
    progress: [0, 0, 0, 0],
    item: made ? wireItem(done.inventory.slots[slot]) : {},
  });
  return { ...done.result(), replies: [...done.told, reply] };
};

function refusal(result: number, reason: string): ItemsResult {
  const reply = packet('SRV_CRAFT_REPLY', { result, stepOrIndex: 0, progress: [0, 0, 0, 0] });
  return { replies: [reply], refused: reason };
}
