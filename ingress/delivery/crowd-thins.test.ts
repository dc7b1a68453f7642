import { expect, it } from 'vitest';
import { look } from './testing/look.ts';
import { place, stage, walk } from './testing/stage.ts';

const TOWN = 'map/1/0,0';

it('when a crowd thins out, moves of the farthest are sent again at once', async () => {
  const { clock, open } = stage({ limits: { viewLimit: 3 } });
  const { hub, connect } = open('a');
  const viewer = connect('viewer');
  look(hub, viewer.connection, place(1999, TOWN), [TOWN]);
  const others = [1, 2, 3, 4, 5].map((index) => {
    const player = connect(`${index}`);
    look(hub, player.connection, place(2000 + index, TOWN, { x: index * 100, y: 0 }), undefined);
    return player;
  });
  await clock.advance(1_000);
  for (const gone of others.slice(0, 2)) look(hub, gone.connection, null, undefined);
  await clock.advance(1_000);
  expect([...viewer.client.visible].sort()).toEqual([2003, 2004, 2005]);
  viewer.client.fresh();

  const farthest = others[4];
  if (farthest === undefined) throw new Error('five came');
  for (const x of [600, 700]) {
    look(hub, farthest.connection, place(2005, TOWN, { x, y: 0 }), undefined);
    hub.deliver(farthest.connection, { to: TOWN, packets: [walk(2005, x)], replace: 'move' });
    await clock.advance(1_000);
  }
  expect(viewer.client.fresh().map(({ fields }) => fields.x)).toEqual([600, 700]);
});
