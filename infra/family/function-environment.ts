import { SecretValue } from 'aws-cdk-lib';
import type { Manifest } from '../../shared/contract/index.ts';
import type { Names } from '../names.ts';

/** What Lambda sets by itself, or what only an embedded database needs. */
const NOT_OURS = new Set(['AWS_REGION', 'DYNAMODB_ENDPOINT']);

/** The settings that the manifest names, as far as the stage has a value for them: a function knows no others. */
export function functionEnvironment(
  manifest: Manifest,
  names: Names,
  settings: Readonly<Record<string, string>>,
  secrets: readonly string[],
  secretsRevision: number,
): Record<string, string> {
  const all: Readonly<Record<string, string>> = { ...settings, TABLE_PREFIX: names.tablePrefix };
  const environment: Record<string, string> = {};
  // Both mean the present content. CloudFormation looks into a secret again only when the reference itself has changed.
  const versionStage = secretsRevision % 2 === 0 ? 'AWSCURRENT' : '';
  for (const setting of manifest.settings) {
    if (NOT_OURS.has(setting)) continue;
    // Filled in by CloudFormation when it deploys: the template shows the secret's name only.
    if (secrets.includes(setting))
      environment[setting] = SecretValue.secretsManager(names.secret(setting), {
        versionStage,
      }).unsafeUnwrap();
    else if (all[setting] !== undefined) environment[setting] = all[setting];
  }
  return environment;
}
