import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { LIVE_ALIAS } from '../names.ts';

export interface RouteEntryProps {
  readonly parameterName: string;
  readonly functionName: string;
  /** The version that was deployed: it changes with every deployment, which tells ingresses to ask for the manifest again. */
  readonly version: string;
}

/** A family's entry in the route registry: a pointer, since the manifest comes from the function itself. */
export class RouteEntry extends Construct {
  constructor(scope: Construct, id: string, { parameterName, functionName, version }: RouteEntryProps) {
    super(scope, id);
    new StringParameter(this, 'Parameter', {
      parameterName,
      stringValue: JSON.stringify({ v: 1, function: functionName, alias: LIVE_ALIAS, version }),
      description: 'packet-edge route: the function behind one family of packets',
    });
  }
}
