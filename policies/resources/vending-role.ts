import { names } from '#core';
import type { Deployer } from '#core/deployer';
import { type PolicyDocument, policyDocument, type Statement } from './document';
import {
  announceDecisions,
  readSecret,
  takeFromQueue,
  useKeyThrough,
  writeOwnLogs,
} from './own-work';
import { arns, type Place } from './place';

/** What takes up accounts that come and go may: record a decision of its own, and call the deployer. */
export function vendingPermissions(
  place: Place,
  parts: {
    readonly key: string;
    readonly logGroup: string;
    readonly deployer: Deployer | undefined;
  },
): PolicyDocument {
  const bodies = arns.bucket(place, names.bodies(place.account, place.region));
  return policyDocument(
    takeFromQueue(place, names.vending),
    {
      sid: 'KeepDirectory',
      actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem'],
      resources: [arns.table(place, names.directory)],
    },
    {
      sid: 'KeepDecisions',
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [arns.table(place, names.decisions)],
    },
    { sid: 'KeepBodies', actions: ['s3:PutObject'], resources: [`${bodies}/*`] },
    useKeyThrough(place, parts.key, {
      services: ['dynamodb', 's3'],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    }),
    announceDecisions(place),
    writeOwnLogs(place, parts.logGroup),
    ...callDeployer(place, parts.deployer),
  );
}

function callDeployer(place: Place, deployer: Deployer | undefined): readonly Statement[] {
  switch (deployer?.kind) {
    case undefined:
      return [];
    case 'webhook':
      return readSecret(place, deployer.secret);
    case 'codebuild':
      return [
        {
          sid: 'StartBuild',
          actions: ['codebuild:StartBuild'],
          resources: [arns.buildProject(place, deployer.project)],
        },
      ];
  }
}
