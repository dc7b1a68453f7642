import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { accept } from '../nag.ts';

export interface SecretSettingProps {
  readonly secretName: string;
  /** Keeps the secret when its stack goes. @default true */
  readonly deletionProtection?: boolean;
}

/** A secret setting with random content. */
export class SecretSetting extends Construct {
  constructor(scope: Construct, id: string, { secretName, deletionProtection = true }: SecretSettingProps) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      secretName,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    accept(
      secret,
      'It is shared with whoever signs login tokens: a rotation by itself would lock players out. docs/deploy.md says how to change it.',
      'AwsSolutions-SMG4',
    );
  }
}
