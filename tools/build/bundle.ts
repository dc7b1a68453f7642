import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';

/** One file of a bundle, by its path in the bundle's folder. */
export interface BundledFile {
  readonly path: string;
  readonly bytes: number;
}

export interface Bundle {
  readonly files: readonly BundledFile[];
  readonly metafile: Metafile;
}

export interface BundleRequest {
  /** Folder of the project. */
  readonly root: string;
  /** Folder that receives the code; emptied first. */
  readonly out: string;
  /** Folder that receives the source maps, apart from the code, which does not name them; emptied first. */
  readonly maps: string;
  /** Entry files from the project's root, by the path of their output without its ending. */
  readonly entries: Readonly<Record<string, string>>;
}

const MAP = '.map';

/** Bundles entry files of the project for Node 24. The same sources give the same bytes wherever they lie. */
export async function bundle(
  request: BundleRequest,
  options: Pick<BuildOptions, 'minify' | 'splitting' | 'plugins' | 'banner' | 'chunkNames' | 'legalComments'>,
): Promise<Bundle> {
  // Nothing is written there: the names of chunks come from the paths in the source maps, and must not tell where they are written.
  const out = resolve(request.root, 'dist/bundle');
  const { outputFiles, metafile } = await build({
    ...options,
    absWorkingDir: resolve(request.root),
    entryPoints: { ...request.entries },
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Of packages with two builds, only that in ES modules can be tree-shaken.
    mainFields: ['module', 'main'],
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  await Promise.all(
    [request.out, request.maps].map((folder) => rm(folder, { recursive: true, force: true })),
  );
  const files: BundledFile[] = [];
  for (const { path, text, contents } of outputFiles) {
    const name = relative(out, path);
    const isMap = name.endsWith(MAP);
    await write(
      join(isMap ? request.maps : request.out, name),
      isMap ? withPathsOfProject(text, path, request.root) : contents,
    );
    if (!isMap) files.push({ path: name, bytes: contents.length });
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), metafile };
}

/** Names the sources from the project's root: the maps lie elsewhere than the code that they belong to. */
function withPathsOfProject(text: string, mapFile: string, root: string): string {
  const map = JSON.parse(text) as { sources: string[] };
  const sources = map.sources.map((source) => relative(resolve(root), resolve(dirname(mapFile), source)));
  return JSON.stringify({ ...map, sources });
}

/** Writes a file and the folders above it. */
export async function write(path: string, contents: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}
