import { packet } from '../../../shared/kit/index.ts';
import { EVERYONE } from '../../../shared/world/topics.ts';
import { type Command, usage } from '../command.ts';
import { OPERATOR } from '../names.ts';

/** Says something to everyone in the world. */
export const announce: Command = {
  name: 'announce',
  usage: 'TEXT',
  does: 'says something to everyone',
  right: OPERATOR,
  run: (context, _words, rest) => {
    if (rest === '') return usage(announce);
    const name = context.sections.character?.name ?? '';
    const said = packet('SRV_ANNOUNCE_CHAT', { message: rest, name });
    return { says: [], result: { deliveries: [{ to: EVERYONE, packets: [said] }] } };
  },
};
