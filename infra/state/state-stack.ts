import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { TABLE_NAMES } from '../../shared/store/tables.ts';
import type { StageConfig } from '../config.ts';
import type { Names } from '../names.ts';
import { SecretSetting } from './secret-setting.ts';
import { StateTable } from './state-table.ts';

export interface StateStackProps extends StackProps {
  readonly names: Names;
  readonly config: StageConfig;
}

/** What must survive: the tables, and the secrets of the stage. */
export class StateStack extends Stack {
  constructor(scope: Construct, id: string, { names, config, ...props }: StateStackProps) {
    super(scope, id, {
      ...props,
      description: `packet-edge ${names.stage}: tables and secrets`,
      terminationProtection: config.state.deletionProtection,
    });
    for (const table of TABLE_NAMES) {
      new StateTable(this, `Table-${table}`, { ...config.state, tableName: names.tablePrefix + table });
    }
    for (const setting of config.secrets ?? []) {
      new SecretSetting(this, `Secret-${setting}`, { secretName: names.secret(setting), ...config.state });
    }
  }
}
