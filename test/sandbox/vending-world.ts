import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { readSnapshot } from '#config';
import { names, roleArn } from '#core';
import { organizationsLifecycle } from '#policies/organization/lifecycle';
import { makeCall } from '#sandbox/calls';
import { asRoot } from '#sandbox/clients';
import { terraformConfiguration } from '#sandbox/deploy';
import { awsEnvironment } from '#sandbox/environment';
import { completeRecord, putEvent } from '#sandbox/events';
import { placesIn } from '#sandbox/folder';
import { makeAccount, moveAccount } from '#sandbox/organization';
import type { Sandbox } from '#sandbox/record';
import { main } from './folders';

export interface Ended {
  readonly code: number | null;
  // biome-ignore lint/suspicious/noExplicitAny: what is under test is untyped JSON
  readonly data: any;
  readonly stderr: string;
}

/** What vending has to do with a sandbox: the command line in its environment, and its organization. */
export function vendingIn(sandbox: Sandbox) {
  const places = placesIn(sandbox.folder);
  const { management } = sandbox;
  const organizations = new OrganizationsClient(asRoot(sandbox, management));
  const as = (account: string, region: string) => (operation: string, input: object) =>
    makeCall(asRoot(sandbox, account, region), operation, JSON.parse(JSON.stringify(input)));
  const { organizationalUnits, root } = readSnapshot(places.snapshot);
  const unitAt = (path: string): string =>
    path === '/' ? root.id : (organizationalUnits.find((unit) => unit.path === path)?.id ?? path);

  return {
    places,
    as,

    /** Runs the command line on the sandbox's own `parapet.yaml`, as a pipeline would. */
    async parapet(words: readonly string[], hear = (_said: string) => {}): Promise<Ended> {
      const environment = {
        ...awsEnvironment(process.env, places, { endpoint: sandbox.endpoint, account: management }),
        TF_CLI_CONFIG_FILE: await terraformConfiguration(places, process.env),
      };
      const child = spawn(
        process.execPath,
        [main, ...words, '--config', places.configuration, '--json', '--auto-approve'],
        { env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
      );
      const written = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr'] as const)
        child[name].setEncoding('utf8').on('data', (text: string) => {
          written[name] += text;
          if (name === 'stderr') hear(text);
        });
      const [code] = await once(child, 'close');
      const { stdout, stderr } = written;
      return { code, stderr, data: stdout.startsWith('{') ? JSON.parse(stdout) : undefined };
    },

    async accountIn(path: string, name: string): Promise<string> {
      const id = await makeAccount(organizations, name);
      if (path !== '/') await moveAccount(organizations, id, { from: root.id, to: unitAt(path) });
      return id;
    },

    move: (account: string, from: string, to: string) =>
      moveAccount(organizations, account, { from: unitAt(from), to: unitAt(to) }),

    /** By the same rule as the management stack makes, unless that stands: gives what takes it away. */
    async forwardLifecycle(): Promise<() => Promise<void>> {
      const call = as(management, 'us-east-1');
      const stands = names.lifecycleRule(organizationsLifecycle.name);
      const isThere = await call('eventbridge:DescribeRule', { Name: stands }).then(
        () => true,
        () => false,
      );
      if (isThere) return async () => {};
      const Name = names.lifecycleRule('test');
      await call('eventbridge:PutRule', {
        ...{ Name, EventPattern: JSON.stringify(organizationsLifecycle.pattern) },
      });
      const RoleArn = roleArn('aws', management, names.forwardingRole);
      const Targets = [{ Id: 'bus', Arn: sandbox.names.bus, RoleArn }];
      await call('eventbridge:PutTargets', { Rule: Name, Targets });
      return async () => {
        await call('eventbridge:RemoveTargets', { Rule: Name, Ids: ['bus'] });
        await call('eventbridge:DeleteRule', { Name });
      };
    },

    /** What the emulator does not tell of itself. */
    departed: (account: string) =>
      putEvent(asRoot(sandbox, management), {
        source: 'aws.organizations',
        detailType: 'AWS Service Event via CloudTrail',
        detail: completeRecord(
          {
            eventSource: 'organizations.amazonaws.com',
            eventName: 'AccountDepartedOrganization',
            eventType: 'AwsServiceEvent',
            userIdentity: { accountId: management, invokedBy: 'organizations.amazonaws.com' },
            serviceEventDetails: { accountId: account, departedMethod: 'Removed' },
          },
          { account: management, region: 'us-east-1' },
        ),
      }),

    /** Removes what the command line left beside `parapet.yaml`. */
    tidy(accounts: readonly string[]): void {
      rmSync(join(places.folder, '.parapet'), { recursive: true, force: true });
      for (const account of accounts)
        for (const ending of ['', '.backup'])
          rmSync(join(places.folder, 'state', `member-${account}.tfstate${ending}`), {
            force: true,
          });
    },
  };
}
