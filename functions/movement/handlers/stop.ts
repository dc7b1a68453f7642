import type { MovementPacket } from '../sections.ts';
import { standAt } from './stand-at.ts';

/** The client ended whatever it was doing. */
export const stop: MovementPacket<'CLI_STOP'> = (context, { x, y }) => standAt(context, { x, y }, 'SRV_STOP');
