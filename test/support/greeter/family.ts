import { defineFamily } from '../../../shared/kit/index.ts';
import { whisper } from './handlers/whisper.ts';

/** The family's own section beside one of `shared/sections` that it reads. */
export type GreeterSections = 'character' | { readonly greeter: { readonly greeted: number } };

export interface GreeterServices {
  greeting(name: string, style: number): Promise<string>;
}

export const family = defineFamily<GreeterSections, GreeterServices>({
  name: 'greeter',
  packets: {
    CLI_WHISPER_CHAT: { stages: ['world'], handle: whisper },
  },
  timers: {
    'greeter.forget': () => ({ state: { sections: { greeter: null } } }),
  },
  state: { owns: { greeter: { class: 'volatile', version: 1 } }, reads: ['character'] },
  settings: ['GREETING'],
  services: (environment) => ({
    greeting: async (name, style) => `${environment.GREETING ?? 'Hello'}, ${name}${style === 0 ? '.' : '!'}`,
  }),
});
