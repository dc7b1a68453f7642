import type { Bank } from '../../../shared/economy/index.ts';
import { wireItem } from '../../../shared/economy/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { BankListReply, BankListRequest } from '../../../shared/protocol/packets.generated.ts';
import { type Acting, actingOf } from '../acting.ts';
import { declined, settleOwn } from '../own-affair.ts';
import { withoutVersion } from '../rules/bank-moves.ts';
import { digestOf, opens } from '../rules/bank-password.ts';
import type { ItemsContext, ItemsPacket, ItemsResult } from '../sections.ts';

/** Wrong passwords within a minute after which none is tried any more. */
const GUESSES = 5;
const MINUTE = 60_000;

/** Opens the bank, with its password if it has one, or changes the password; an empty one takes it away. */
export const bankListReq: ItemsPacket<'CLI_BANK_LIST_REQ'> = async (context, { request, password }) => {
  const acting = actingOf(context);
  if ('refused' in acting) return acting;
  if (request === BankListRequest.CHANGE_PASSWORD) return changePassword(context, acting, password);
  if (request !== BankListRequest.OPEN) return { refused: 'unknown_request' };
  const read = await context.services.economy.possessions({ characterIds: [acting.id], banks: true });
  if (read.code !== 'ok') {
    context.log.error('bank not read', { ...read });
    return { refused: 'service_down' };
  }
  const bank = read.banks[acting.id];
  if (bank === undefined) return { refused: 'no_character' };
  return mayOpen(context, acting, bank, password) ?? open(acting, bank);
};

function open({ items, inventory }: Acting, bank: Bank): ItemsResult {
  const reply = items.bankOpen === true ? BankListReply.SHOW_DATA : BankListReply.INIT_DATA;
  const held = Object.entries(bank.slots).map(([slot, item]) => ({
    index: Number(slot),
    item: wireItem(item),
  }));
  return {
    state: { sections: { items: { ...items, bankOpen: true } } },
    replies: [
      packet('SRV_BANK_LIST_REPLY', { reply, items: held }),
      packet('SRV_BANK_MOVE_MONEY', { inventory: inventory.zuly, bank: bank.zuly }),
    ],
  };
}

/** Null when the password fits, or none is needed; else the refusal. */
function mayOpen(context: ItemsContext, acting: Acting, bank: Bank, password: unknown): ItemsResult | null {
  const { items } = acting;
  if (bank.password === undefined || items.bankOpen === true) return null;
  const wrong = (items.wrongPasswords ?? []).filter((at) => at > context.now - MINUTE);
  const asked = [packet('SRV_BANK_LIST_REPLY', { reply: BankListReply.NEED_PASSWORD })];
  if (wrong.length >= GUESSES) return { replies: asked, refused: 'too_many_passwords' };
  if (password === '') return { replies: asked, refused: 'needs_password' };
  if (opens(password as string, bank.password)) return null;
  const wrongPasswords = [...wrong, context.now];
  return {
    state: { sections: { items: { ...items, wrongPasswords } } },
    replies: asked,
    refused: 'wrong_password',
  };
}

async function changePassword(
  context: ItemsContext,
  acting: Acting,
  password: unknown,
): Promise<ItemsResult> {
  const done = await settleOwn(context, acting, {
    step: 'password',
    bank: true,
    plan: ({ bank }) => {
      if (bank.password !== undefined && acting.items.bankOpen !== true) return { refused: 'needs_password' };
      const { password: _before, ...content } = withoutVersion(bank);
      if (password === '') return { bank: content };
      return { bank: { ...content, password: digestOf(password as string, context.step('password')) } };
    },
  });
  if (done.code !== 'ok') {
    const asked = packet('SRV_BANK_LIST_REPLY', { reply: BankListReply.NEED_PASSWORD });
    return { ...declined(done), ...(done.reason === 'needs_password' ? { replies: [asked] } : {}) };
  }
  const reply = password === '' ? BankListReply.CLEARED_PASSWORD : BankListReply.CHANGED_PASSWORD;
  return {
    ...done.result({ bankOpen: true }),
    replies: [packet('SRV_BANK_LIST_REPLY', { reply }), ...done.told],
  };
}
