import { type PacketHandler, packet } from '../../../../shared/kit/index.ts';
import type { GreeterSections, GreeterServices } from '../family.ts';

/** Answers a whisper to the greeter; the third one in a row is refused. */
export const whisper: PacketHandler<'CLI_WHISPER_CHAT', GreeterSections, GreeterServices> = async (
  context,
  payload,
) => {
  const greeted = context.sections.greeter?.greeted ?? 0;
  const sender = 'greeter';
  if (greeted >= 2) {
    return { replies: [packet('SRV_WHISPER_CHAT', { sender, message: 'Enough.' })], refused: 'too_often' };
  }
  const name = context.sections.character?.name ?? 'stranger';
  const message = await context.services.greeting(name, context.dice.int(2));
  context.log.info('greeted', { target: payload.target });
  return {
    state: { sections: { greeter: { greeted: greeted + 1 } } },
    replies: [packet('SRV_WHISPER_CHAT', { sender, message })],
    timers: [{ name: 'greeter.forget', at: context.now + 60_000 }],
  };
};
