import type { NamedPacket } from '../../shared/contract/index.ts';
import { BodyWriter, packet } from '../../shared/kit/index.ts';
import type { Friend } from '../../shared/sections/index.ts';
import { ACTION } from './command.ts';

function messenger(writer: BodyWriter): NamedPacket {
  return packet('SRV_MESSENGER', { body: writer.done() });
}

/** Somebody asks, rejects, cannot be found, or cannot be asked: `action u8, name str`. */
export function namePacket(
  action: 'addRequest' | 'addReject' | 'notFound' | 'decline',
  name: string,
): NamedPacket {
  return messenger(new BodyWriter().u8(ACTION[action]).text(name));
}

/** A new friend: `action u8, tag u16, status u8, name str`. */
export function friendPacket({ tag, status, name }: Friend): NamedPacket {
  return messenger(new BodyWriter().u8(ACTION.addAccept).u16(tag).u8(status).text(name));
}

/** A friend no more: `action u8, tag u16`. */
export function deletedPacket(tag: number): NamedPacket {
  return messenger(new BodyWriter().u8(ACTION.delete).u16(tag));
}

/** All friends: `action u8, count u8, count x { tag u16, status u8, name str }`. */
export function listPacket(friends: readonly Friend[]): NamedPacket {
  const writer = new BodyWriter().u8(ACTION.list).u8(friends.length);
  for (const { tag, status, name } of friends) writer.u16(tag).u8(status).text(name);
  return messenger(writer);
}

/** A friend has come, gone, or says something else of itself: `action u8, tag u16`, and the `status u8` of who is there. */
export function statusPacket(tag: number, before: number, status: number): NamedPacket {
  if (status === 0) return messenger(new BodyWriter().u8(ACTION.logout).u16(tag));
  const action = before === 0 ? ACTION.login : ACTION.changeStatus;
  return messenger(new BodyWriter().u8(action).u16(tag).u8(status));
}
