import * as pb from '../../proto/world.generated.ts';

export const WORLD_REFUSALS = {
  map_full: pb.WorldRefusal.MAP_FULL,
  unknown_object: pb.WorldRefusal.UNKNOWN_OBJECT,
} as const;
