import { packet } from '../../../shared/kit/index.ts';
import type { AuthPacket } from '../sections.ts';

/** The client stamps its picture with the server's time, which is UTC. */
export const screenShotTimeReq: AuthPacket<'CLI_SCREEN_SHOT_TIME_REQ'> = (context) => {
  const at = new Date(context.now);
  const time = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    min: at.getUTCMinutes(),
  };
  return { replies: [packet('SRV_SCREEN_SHOT_TIME_REPLY', time)] };
};
