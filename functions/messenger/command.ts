import { BodyReader } from '../../shared/kit/index.ts';

/** The first byte of both packets of the messenger. */
export const ACTION = {
  addRequest: 0,
  addAccept: 1,
  addReject: 2,
  notFound: 3,
  delete: 4,
  list: 5,
  decline: 6,
  changeStatus: 7,
  login: 0x80,
  logout: 0x81,
} as const;

export type MessengerCommand =
  | { readonly kind: 'request' | 'accept' | 'reject'; readonly name: string }
  | { readonly kind: 'delete'; readonly tag: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'list' };

/** Reads the body of CLI_MESSENGER: action, slot and id (which clients fill as they like), and what the action needs. */
export function commandOf(body: readonly number[]): MessengerCommand | undefined {
  const reader = new BodyReader(body);
  const action = reader.u8();
  reader.u8();
  reader.u32();
  switch (action) {
    case ACTION.addRequest:
      return named('request', reader);
    case ACTION.addAccept:
    case ACTION.addReject:
      // The tag is that of a friend, which the asker is not yet.
      reader.u16();
      return named(action === ACTION.addAccept ? 'accept' : 'reject', reader);
    case ACTION.delete: {
      const tag = reader.u16();
      return tag === undefined ? undefined : { kind: 'delete', tag };
    }
    case ACTION.changeStatus: {
      const status = reader.u8();
      return status === undefined ? undefined : { kind: 'status', status };
    }
    case ACTION.list:
      return { kind: 'list' };
    default:
      return undefined;
  }
}

function named(kind: 'request' | 'accept' | 'reject', reader: BodyReader): MessengerCommand | undefined {
  const name = reader.text();
  return typeof name === 'string' ? { kind, name } : undefined;
}
