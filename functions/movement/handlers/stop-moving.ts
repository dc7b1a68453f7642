import type { MovementPacket } from '../sections.ts';
import { standAt } from './stand-at.ts';

/** The client ended its walk, usually before something that is in the way. */
export const stopMoving: MovementPacket<'CLI_STOP_MOVING'> = (context, { x, y }) =>
  standAt(context, { x, y }, 'SRV_STOP_MOVING');
