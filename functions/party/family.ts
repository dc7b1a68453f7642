import { grantsOf, LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily } from '../../shared/kit/index.ts';
import { PartyReplyType } from '../../shared/protocol/packets.generated.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { partyReply } from './handlers/party-reply.ts';
import { partyReq } from './handlers/party-req.ts';
import { partyRule } from './handlers/party-rule.ts';
import { SIGNALS, TIMERS } from './names.ts';
import { replyPacket } from './packets.ts';
import type { PartyFamilySection } from './sections.ts';
import { type PartyServices, partyServices } from './services.ts';
import { answered } from './signals/answer.ts';
import { asked } from './signals/ask.ts';
import { facts, lookSoon } from './signals/facts.ts';
import { item } from './signals/item.ts';
import { closing, owned, undeliverable } from './signals/lifecycle.ts';
import { gain, share } from './signals/share.ts';
import { sync } from './signals/sync.ts';
import { PARTY_KEYS } from './store/rows.ts';
import { divide } from './timers/divide.ts';
import { look } from './timers/look.ts';
import { sweep } from './timers/sweep.ts';

const stages = ['world'];
const refused = replyPacket(PartyReplyType.NOT_FOUND, 0);

/** Up to seven who play together, wherever they are. */
export const family = defineFamily<PartyFamilySection, PartyServices>({
  name: 'party',
  packets: {
    CLI_PARTY_REQ: { stages, refused, handle: partyReq },
    CLI_PARTY_REPLY: { stages, refused, handle: partyReply },
    CLI_PARTY_RULE: { stages, handle: partyRule },
  },
  signals: {
    [LIFECYCLE.owned]: owned,
    [LIFECYCLE.closing]: closing,
    [LIFECYCLE.undeliverable]: undeliverable,
    [SIGNALS.ask]: asked,
    [SIGNALS.answer]: answered,
    [SIGNALS.sync]: sync,
    [SIGNALS.facts]: facts,
    [SIGNALS.changed]: lookSoon,
    [SIGNALS.share]: share,
    [SIGNALS.gain]: gain,
    [SIGNALS.item]: item,
  },
  timers: { [TIMERS.look]: look, [TIMERS.divide]: divide, [TIMERS.sweep]: sweep },
  state: {
    owns: { party: { class: 'volatile', version: 1 } },
    reads: ['character', 'vitals', 'position', 'presence'],
  },
  tables: grantsOf(CALLS.receipts, PARTY_KEYS),
  settings: ['DYNAMODB_ENDPOINT', 'AWS_REGION', 'TABLE_PREFIX'],
  services: partyServices,
});
