import { tendGround } from '../ground/tend-ground.ts';
import { SIGNALS } from '../names.ts';
import type { ItemsSignal } from '../sections.ts';

/** A character was loaded: its client is shown its inventory as it is. An actor was started: it looks at its ground. */
export const owned: ItemsSignal = (context) => {
  if (context.connection.kind === 'actor') return tendGround(context, { mayClose: false });
  const { inventory, items } = context.sections;
  if (inventory === undefined) return {};
  return {
    // What was dropped counts for the connection, whichever character did it.
    state: {
      sections: {
        items: { shown: inventory.version, ...(items?.drops === undefined ? {} : { drops: items.drops }) },
      },
    },
    // The position is only known when the movement family has been told too.
    signals: [{ to: 'self', name: SIGNALS.arrived, payload: {} }],
  };
};
