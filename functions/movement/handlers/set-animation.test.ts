import { expect, it } from 'vitest';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { walkerAt } from '../testing/walker.ts';

const engine = useTestEngine();

it('a gesture is shown to everyone nearby', async () => {
  const result = await walkerAt(engine.store).packet('CLI_SET_ANIMATION', { id: 5, value: 9 });
  expect(result.delivered('SRV_SET_ANIMATION')).toEqual({ id: 5, value: 9, object_id: 2000 });
  expect(result.deliveries[0]?.to).toBe('map/20/208,208');
});

it('a gesture of one who is not in the world is refused', async () => {
  const walker = walkerAt(engine.store);
  delete walker.connection.sections.presence;
  expect((await walker.packet('CLI_SET_ANIMATION', { id: 5, value: 9 })).refused).toBe('not_in_world');
});
