import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** State of a listening socket in the kernel's table. */
const LISTEN = '0A';

/**
 * Whether this very process listens on the loopback port. The port was free a moment ago, but two services that start together
 * can be given the same one, and each must talk to its own engine.
 */
export function listens(pid: number, port: number): boolean {
  try {
    const inode = inodeOf(port);
    if (inode === null) return false;
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((file) => linkOf(`${folder}/${file}`) === `socket:[${inode}]`);
  } catch {
    return false;
  }
}

function inodeOf(port: number): string | null {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (fields[1] === local && fields[3] === LISTEN) return fields[9] ?? null;
  }
  return null;
}

function linkOf(file: string): string | null {
  try {
    return readlinkSync(file);
  } catch {
    return null;
  }
}
