import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { formatSnapshot, type Snapshot } from '#config';
import * as awsModule from '../../src/cli/aws';
import type { World } from '../../src/cli/session';
import type { AwsServer } from '../support/aws-server';
import { json, organizationInAws } from '../support/organization-in-aws';
import { inNewFolder, parapet, SNAPSHOT } from './terminal';
import { synthesise } from './tiny-stacks';

const YAML = `accounts:
  management: '111111111111'
  security: '222222222222'
  logArchive: '333333333333'
regions: { home: us-east-1, governed: [us-east-1] }
`;
const NEW = '666666666666';

jest.setTimeout(60_000);

let aws: AwsServer & { restore(): void };
/** What Organizations says of the new account, changed while it is being vended. */
let account: { State: string; unit: string | undefined } | undefined;

beforeEach(async () => {
  aws = await organizationInAws();
  account = { State: 'ACTIVE', unit: 'ou-exam-sandbox00' };
  const answer = (call: string, body: (input: Record<string, string>) => unknown) =>
    aws.instead.set(call, ({ body: text }) => json(body(JSON.parse(text))));
  answer('organizations DescribeOrganization', () => ({ Organization: { Id: SNAPSHOT.id } }));
  aws.instead.set('organizations DescribeAccount', () =>
    account === undefined
      ? {
          ...json({ __type: 'AccountNotFoundException' }),
          status: 400,
        }
      : json({ Account: { Id: NEW, Name: 'new', State: account.State } }),
  );
  answer('organizations ListParents', ({ ChildId }) => ({
    Parents:
      ChildId === NEW && account?.unit !== undefined
        ? [{ Id: account.unit, Type: 'ORGANIZATIONAL_UNIT' }]
        : [{ Id: SNAPSHOT.root.id, Type: 'ROOT' }],
  }));
  answer('organizations DescribeOrganizationalUnit', ({ OrganizationalUnitId: id = '' }) => ({
    OrganizationalUnit: {
      Id: id,
      Name: SNAPSHOT.organizationalUnits.find((unit) => unit.id === id)?.name ?? 'Fresh',
    },
  }));
  aws.instead.set('account POST /listRegions', json({ Regions: [{ RegionName: 'us-east-1' }] }));
  answer('sqs CreateQueue', ({ QueueName }) => ({ QueueUrl: `${aws.url}/${NEW}/${QueueName}` }));
  answer('sqs GetQueueUrl', ({ QueueName }) => ({
    QueueUrl: `${aws.url}/222222222222/${QueueName}`,
  }));
  answer('cloudtrail LookupEvents', () => ({ Events: [] }));
  answer('dynamodb GetItem', () => ({}));
  answer('logs FilterLogEvents', () => ({
    events: [
      {
        ingestionTime: Date.now(),
        message: JSON.stringify({ detail: { eventID: 'event-1', eventName: 'CreateQueue' } }),
      },
    ],
  }));
});

afterEach(async () => {
  aws.restore();
  await aws.close();
});

const STACKS = {
  security: { resources: { bus: { input: 'bus' } } },
  [`member-${NEW}`]: { after: ['security'], resources: { rule: { input: 'rule' } } },
};

async function inOrganization(work: () => Promise<void>): Promise<void> {
  await inNewFolder(async () => {
    writeFileSync('parapet.yaml', YAML);
    writeFileSync('organization.json', formatSnapshot(SNAPSHOT));
    await work();
  });
}

const run = (argv: readonly string[], world: Partial<World> = {}) =>
  parapet([...argv, '--auto-approve'], {
    ...{ environment: process.env, aws: async () => awsModule, synthesise: synthesise(STACKS) },
    ...world,
  });
const vend = (...argv: readonly string[]) => run(['vend', NEW, '--wait', '0', ...argv]);

/** What the security account was asked to look at. */
const lookedAt = () =>
  aws.received
    .filter(({ call }) => call === 'sqs SendMessage')
    .map(({ body }) => JSON.parse(body))
    .map(({ QueueUrl: url, MessageBody: message }) => ({
      queue: url.split('/').at(-1),
      account: JSON.parse(message).detail.account,
    }));

const snapshot = (): Snapshot => JSON.parse(readFileSync('organization.json', 'utf8'));
const inSnapshot = () => snapshot().accounts.find(({ id }) => id === NEW);

describe('parapet vend', () => {
  it('reads the account, deploys its stack alone, and proves that its calls are seen', async () => {
    await inOrganization(async () => {
      const { code, stdout } = await vend();

      expect(JSON.parse(stdout)).toMatchObject({
        ...{ account: NEW, name: 'new', ouPath: '/Sandbox', regions: ['us-east-1'] },
        stack: { stack: `member-${NEW}`, end: 'deployed', counts: { add: 1 } },
        proofs: [{ account: NEW, region: 'us-east-1', isProven: true }],
        isVended: true,
      });
      expect(code).toBe(0);
      expect(lookedAt()).toEqual([{ queue: 'parapet-vending', account: NEW }]);
      expect(inSnapshot()).toEqual({
        ...{ id: NEW, name: 'new', status: 'ACTIVE', ouPath: '/Sandbox', regions: ['us-east-1'] },
      });
      expect(existsSync('state/security.tfstate')).toBe(false);
      expect(existsSync('.parapet/deploy.json')).toBe(false);
    });
  });

  it('waits for no responder, since none knows the account yet', async () => {
    await inOrganization(async () => {
      const { stdout } = await vend();

      expect(JSON.parse(stdout).proofs[0].hops).toContainEqual({
        ...{ hop: 'responder', state: 'not waited for' },
        because: 'it learns of the account by the next deployment of security',
      });
      expect(aws.received.map(({ call }) => call)).not.toContain('dynamodb GetItem');
    });
  });

  it('is done though the record of the enrolment cannot be renewed, and says so', async () => {
    aws.instead.set('sqs GetQueueUrl', {
      ...json({ __type: 'com.amazonaws.sqs#QueueDoesNotExist' }),
      status: 400,
    });

    await inOrganization(async () => {
      const { code, stderr } = await vend();

      expect(code).toBe(0);
      expect(stderr).toContain('The record of its enrolment could not be renewed');
    });
  });

  it('changes nothing the second time', async () => {
    await inOrganization(async () => {
      await vend();
      const before = readFileSync('organization.json', 'utf8');

      const { code, stdout } = await vend();

      expect(code).toBe(0);
      expect(JSON.parse(stdout).stack).toEqual({ stack: `member-${NEW}`, end: 'unchanged' });
      expect(readFileSync('organization.json', 'utf8')).toBe(before);
    });
  });

  it.each([
    ['in no OU', { State: 'ACTIVE', unit: undefined }, 'lies in no OU'],
    ['suspended', { State: 'SUSPENDED', unit: 'ou-exam-sandbox00' }, 'is SUSPENDED'],
    ['still being made', { State: 'PENDING_ACTIVATION', unit: 'ou-exam-sandbox00' }, 'is PENDING'],
    ['outside the organization', undefined, 'is not in the organization o-exampleorg1'],
  ])('refuses an account that is %s, before anything is deployed', async (_what, now, why) => {
    account = now;

    await inOrganization(async () => {
      const { code, stderr } = await vend();

      expect(code).toBe(2);
      expect(stderr).toContain(why);
      expect(existsSync('.parapet')).toBe(false);
    });
  });

  it('takes a unit that the snapshot does not have yet', async () => {
    account = { State: 'ACTIVE', unit: 'ou-exam-fresh0000' };

    await inOrganization(async () => {
      expect((await vend()).code).toBe(0);

      expect(snapshot().organizationalUnits.map(({ path }) => path)).toContain('/Fresh');
    });
  });

  const whileDeploying = (change: () => void): Partial<World> => ({
    synthesise: (...given) => {
      change();
      return synthesise(STACKS)(...given);
    },
  });

  it('tells that the account was moved meanwhile, and keeps where it is now', async () => {
    await inOrganization(async () => {
      const moving = whileDeploying(() => {
        account = { State: 'ACTIVE', unit: 'ou-exam-workloads' };
      });

      const { stdout } = await run(['vend', NEW, '--wait', '0'], moving);

      expect(JSON.parse(stdout)).toMatchObject({ ouPath: '/Sandbox', movedTo: '/Workloads' });
      expect(inSnapshot()?.ouPath).toBe('/Workloads');
    });
  });

  it('fails where the account was suspended meanwhile, with what to do', async () => {
    await inOrganization(async () => {
      const suspending = whileDeploying(() => {
        account = { State: 'SUSPENDED', unit: 'ou-exam-sandbox00' };
      });

      const { code, stderr } = await run(['vend', NEW, '--no-proof'], suspending);

      expect(code).toBe(3);
      expect(stderr).toContain(
        `is SUSPENDED while it was being vended; run \`parapet unvend ${NEW}\``,
      );
    });
  });

  it('is not done where the call is never seen', async () => {
    aws.instead.set('logs FilterLogEvents', json({ events: [] }));
    aws.instead.set('events DescribeRule', json({ State: 'DISABLED' }));

    await inOrganization(async () => {
      const { code, stdout } = await vend();

      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ stack: { end: 'deployed' }, isVended: false });
      expect(lookedAt()).toEqual([]);
      expect(aws.received.filter(({ call }) => call === 'sqs CreateQueue')).toHaveLength(3);
    });
  });
});

describe('parapet unvend', () => {
  it('removes the stack of an account that is still there', async () => {
    await inOrganization(async () => {
      await vend();

      const { code, stdout } = await run(['unvend', NEW]);

      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ status: 'ACTIVE', stack: { end: 'removed' } });
      expect(lookedAt()).toHaveLength(2);
    });
  });

  it('takes one that has left out of the snapshot, and says what stays', async () => {
    await inOrganization(async () => {
      await vend();
      account = undefined;

      const { code, stdout } = await run(['unvend', NEW]);

      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ status: 'LEFT', isUnvended: true });
      expect(inSnapshot()).toBeUndefined();
    });
  });

  it('never touches the platform’s own accounts', async () => {
    await inOrganization(async () => {
      aws.instead.set(
        'organizations DescribeAccount',
        json({ Account: { Id: '222222222222', Name: 'security', State: 'ACTIVE' } }),
      );

      const { code, stderr } = await run(['unvend', '222222222222']);

      expect(code).toBe(2);
      expect(stderr).toContain('account 222222222222 is the security account');
    });
  });
});
