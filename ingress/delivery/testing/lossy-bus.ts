import type { Bus } from '../bus.ts';

/** A bus on which `lose` decides which messages of whom never arrive; requests pass. */
export function lossyBus(bus: Bus, lose: (topic: string, kind: string, from: string) => boolean): Bus {
  return {
    join(ingressId, receiver) {
      return bus.join(ingressId, {
        onMessage(topic, message, from) {
          if (!lose(topic, message.k, from)) receiver.onMessage(topic, message, from);
        },
        onRequest: (topic, request, from) => receiver.onRequest(topic, request, from),
      });
    },
  };
}
