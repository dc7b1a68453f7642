import { copyFile, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { run } from '../run.ts';
import { type Paths, sources } from './paths.ts';
import type { Prerequisites } from './prerequisites.ts';

/** DynamoDB Local from Maven, with the native library of this platform. */
export async function fetchDynamoDb(paths: Paths, { maven }: Prerequisites): Promise<string> {
  const work = join(paths.home, 'maven');
  await mkdir(work, { recursive: true });
  await copyFile(join(sources, 'java/pom.xml'), join(work, 'pom.xml'));
  const goal = ['dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime'];
  await run(maven, ['-q', '-B', ...goal], { cwd: work });
  return join(work, 'lib');
}

/**
 * Lays DynamoDB Local and Java where LocalStack looks for what its own installer would have fetched. The jar of Maven names no class path, so
 * a jar of ours that does stands in for it, with a main class that binds loopback only.
 */
export async function layOutDynamoDb(paths: Paths, library: string, { java }: Prerequisites): Promise<void> {
  const target = paths.dynamodb;
  const jars = join(target, 'DynamoDBLocal_lib');
  await mkdir(jars, { recursive: true });
  const files = (await readdir(library, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  for (const { name, parentPath } of files) {
    if (name.endsWith('.jar') || /linux-amd64.*\.so$/.test(name)) {
      await copyFile(join(parentPath, name), join(jars, name));
    }
  }
  const javaLink = join(dirname(dirname(target)), 'java/21');
  await mkdir(dirname(javaLink), { recursive: true });
  await rm(javaLink, { force: true });
  await symlink(java, javaLink);

  const work = join(paths.home, 'classes');
  await mkdir(work, { recursive: true });
  await copyFile(join(sources, 'java/LoopbackMain.java'), join(work, 'LoopbackMain.java'));
  await copyFile(join(sources, 'java/log4j2.xml'), join(work, 'log4j2.xml'));
  const onPath = (await readdir(jars)).filter((file) => file.endsWith('.jar'));
  const classPath = onPath.map((jar) => ` \n  DynamoDBLocal_lib/${basename(jar)}`).join('');
  await writeFile(join(work, 'main.mf'), `Main-Class: LoopbackMain\nClass-Path:${classPath}\n`);
  await writeFile(join(work, 'agent.mf'), 'Premain-Class: LoopbackMain\n');
  const bin = (name: string) => join(java, 'bin', name);
  await run(bin('javac'), ['-cp', `${jars}/*`, 'LoopbackMain.java'], { cwd: work });
  const classes = ['log4j2.xml', 'LoopbackMain.class'];
  await run(bin('jar'), ['cfm', join(target, 'DynamoDBLocal.jar'), 'main.mf', ...classes], { cwd: work });
  await run(bin('jar'), ['cfm', join(target, 'ddb-local-loader-0.1.jar'), 'agent.mf', ...classes], {
    cwd: work,
  });
  await rm(work, { recursive: true });
}
