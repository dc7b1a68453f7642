/** How a character moves; the wire's MoveMode plus sitting. */
export type Gait = 'walk' | 'run' | 'sit';

/**
 * `position`: where a character is. Owner: the movement family, checkpoint (never durable). Version 1.
 * At rest `to` is absent. While walking the position of the moment follows from (x, y), to, speed and start.
 */
export interface PositionSection {
  readonly map: number;
  /** Units; 100 are a metre. While walking: where the walk began. */
  readonly x: number;
  readonly y: number;
  readonly to?: { readonly x: number; readonly y: number };
  /** Units a second of the present gait. */
  readonly speed: number;
  /** Milliseconds since 1970: when the walk began, or the rest. */
  readonly start: number;
  readonly gait: Gait;
  /** The object walked to, 0 for none. */
  readonly targetId: number;
}
