import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildIngress } from '../../tools/build/ingress.ts';

/**
 * Builds the folder that the image of the ingress is made of, below `out`: the bundle and its Dockerfile. Its contents are the asset's hash: a
 * deployment of all stacks replaces no copy of the ingress, and throws out no player, where only families have changed.
 */
export async function imageFolder(root: string, out: string): Promise<string> {
  const { folder } = await buildIngress(root, out);
  await copyFile(join(import.meta.dirname, 'Dockerfile'), join(folder, 'Dockerfile'));
  return folder;
}
