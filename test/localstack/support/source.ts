import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy } from '../../../tools/localstack/deploy.ts';
import { newFamily } from '../../../tools/new-family/new-family.ts';

const project = join(import.meta.dirname, '../../..');

/** A copy of the families that tests change and deploy, as teams change theirs. */
export class Source {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async copy(): Promise<Source> {
    const root = await mkdtemp(join(tmpdir(), 'packet-edge-source-'));
    for (const part of ['functions', 'shared', 'package.json', 'tsconfig.json']) {
      await cp(join(project, part), join(root, part), { recursive: true });
    }
    await symlink(join(project, 'node_modules'), join(root, 'node_modules'));
    return new Source(root);
  }

  /** Replaces a piece of a file that must be there; returns how to put it back. */
  async edit(file: string, from: string, to: string): Promise<() => Promise<void>> {
    const path = join(this.root, file);
    const before = await readFile(path, 'utf8');
    if (!before.includes(from)) throw new Error(`${file} has no ${from}`);
    await writeFile(path, before.replace(from, to));
    return () => writeFile(path, before);
  }

  async addFamily(name: string): Promise<void> {
    await newFamily(this.root, name);
  }

  deploy(...families: string[]): Promise<void> {
    return deploy({ source: this.root, families, show: false });
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}
