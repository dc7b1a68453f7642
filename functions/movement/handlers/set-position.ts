import type { MovementPacket } from '../sections.ts';
import { standAt } from './stand-at.ts';

/** The client says where it stands. */
export const setPosition: MovementPacket<'CLI_SET_POSITION'> = (context, { x, y }) =>
  standAt(context, { x, y }, 'SRV_STOP');
