import type { Point } from '../../contract/index.ts';
import type { Area } from '../schema/maps.ts';

/** Units between two points. */
export function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** Whether a point belongs to an area. */
export function contains(area: Area, at: Point): boolean {
  return at.x >= area.left && at.x < area.right && at.y >= area.bottom && at.y < area.top;
}

/** The nearest point that belongs to the area; whole units inside its upper edges. */
export function clamp(area: Area, at: Point): Point {
  return {
    x: Math.min(Math.max(at.x, area.left), area.right - 1),
    y: Math.min(Math.max(at.y, area.bottom), area.top - 1),
  };
}

/** A point at most `radius` units from `centre`, evenly spread; `roll` gives numbers from 0 up to, not including, 1. */
export function scatter(centre: Point, radius: number, roll: () => number): Point {
  const angle = roll() * 2 * Math.PI;
  const far = Math.sqrt(roll()) * radius;
  return { x: centre.x + Math.cos(angle) * far, y: centre.y + Math.sin(angle) * far };
}
