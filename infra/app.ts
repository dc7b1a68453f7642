import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { buildFunctions } from '../tools/build/functions.ts';
import { type StageConfig, stageConfig } from './config.ts';
import { imageFolder } from './ingress/image-folder.ts';
import { loadManifests } from './load-manifests.ts';
import { addPlatform } from './platform.ts';

/**
 * The CDK app: `cdk deploy -c stage=dev PacketEdge-dev-Chat`. The context `image` (`repository:tag`) names an image of the ingress in the
 * account's registry; PACKET_EDGE_ROOT names another folder with `functions/` and `shared/` to deploy families from.
 */
const projectRoot = join(import.meta.dirname, '..');
const root = process.env.PACKET_EDGE_ROOT ?? projectRoot;

const app = new App();
const context = (name: string): string | undefined => {
  const value: unknown = app.node.tryGetContext(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
};
const stage = context('stage') ?? 'dev';
const manifests = await loadManifests(join(root, 'functions'));
const bundles = join(app.outdir, 'bundles');
const built = await buildFunctions(
  root,
  bundles,
  manifests.map(({ name }) => name),
);
const folders = new Map(built.map(({ family, folder }) => [family, folder]));
const config = withImage(stageConfig(stage), context('image'));
const needsImage = config.ingress !== undefined && config.ingress.image === undefined;
addPlatform(app, {
  stage,
  config,
  manifests,
  bundleOf: (family) => folders.get(family) ?? '',
  imageFolder: needsImage ? await imageFolder(projectRoot, bundles) : '',
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();

function withImage(config: StageConfig, image: string | undefined): StageConfig {
  if (image === undefined || config.ingress === undefined) return config;
  const [repository = '', tag = 'latest'] = image.split(':');
  return { ...config, ingress: { ...config.ingress, image: { repository, tag } } };
}
