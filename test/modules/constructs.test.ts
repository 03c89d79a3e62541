import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { Forwarder } from '#modules/forwarder';
import { OrganizationTrail } from '#modules/organization-trail';
import { providerOf } from '#modules/provider';
import { Queue } from '#modules/queue';
import { Responder, type ResponderProps, responderRules } from '#modules/responder';
import { Role } from '#modules/role';
import { SecurityBus } from '#modules/security-bus';
import { ParapetStack } from '#modules/stack';

const place = { account: '111111111111', region: 'eu-central-1' };

function newStack() {
  const outdir = mkdtempSync(join(tmpdir(), 'parapet-constructs-'));
  const stack = new ParapetStack(new App({ outdir }), 'stack');
  return { stack, provider: providerOf(stack, place) };
}

const nothing = { Statement: [] };

describe('a queue', () => {
  it('refuses to give up after fewer than five tries', () => {
    const { stack, provider } = newStack();
    const dead = new Queue(stack, 'dead', { provider, name: 'dead' });

    const make = () =>
      new Queue(stack, 'queue', { provider, name: 'q', deadLetters: { queue: dead, after: 4 } });

    expect(make).toThrow('allow 5 receives');
  });
});

describe('a role', () => {
  it.each([
    ['trust', { trust: { text: 'x'.repeat(2_048) } }, 'IAM takes 2048'],
    [
      'permissions',
      { trust: {}, permissions: { Statement: [{ Sid: 'x'.repeat(10_240) }] } },
      'IAM takes 10240',
    ],
  ])('refuses a %s policy that IAM would refuse', (_, policies, message) => {
    const { stack, provider } = newStack();

    const make = () =>
      new Role(stack, 'role', { provider, name: 'r', description: 'd', ...policies });

    expect(make).toThrow(message);
  });

  it('has no policy where it may do nothing', () => {
    const { stack, provider } = newStack();

    const role = new Role(stack, 'role', {
      ...{ provider, name: 'r', description: 'd', trust: {}, permissions: nothing },
    });

    expect(role.policy).toBeUndefined();
  });
});

describe('the security bus', () => {
  it.each([0, 1.5, -1])('refuses to archive for %d days', (archiveDays) => {
    const { stack, provider } = newStack();

    expect(() => new SecurityBus(stack, 'bus', { provider, policy: {}, archiveDays })).toThrow(
      'whole days',
    );
  });
});

describe('a trail', () => {
  it('is refused where it would record nothing', () => {
    const { stack, provider } = newStack();
    const props = { provider, name: 'trail', bucket: 'b', keyAliasArn: 'arn:aws:kms:::alias/a' };

    const make = (id: string, managementEvents: boolean, dataOf: readonly string[]) => () =>
      new OrganizationTrail(stack, id, { ...props, managementEvents, dataOf });

    expect(make('none', false, [])).toThrow('would record nothing');
    expect(make('management', true, [])).not.toThrow();
    expect(make('writes', false, ['arn:aws:s3:::b'])).not.toThrow();
  });
});

describe('a forwarder', () => {
  const make = (pattern: string) => () => {
    const { stack, provider } = newStack();
    const forwarding = { 'parapet-forward-storage': { pattern, state: 'ENABLED' as const } };
    new Forwarder(stack, 'forwarder', {
      ...{ provider, forwarding, busArn: 'bus', roleArn: 'role', after: [] },
      deadLettersPolicy: {},
    });
  };

  it('takes a pattern of 2,048 characters and refuses one of 2,049', () => {
    expect(make('x'.repeat(2_048))).not.toThrow();
    expect(make('x'.repeat(2_049))).toThrow('2049 characters');
  });

  it.each(['${x}', '%{x}'])('refuses a pattern with %s, which Terraform would expand', (part) => {
    expect(make(part)).toThrow('Terraform would expand');
  });
});

describe('a responder', () => {
  const make = (change: Partial<ResponderProps>) => () => {
    const { stack, provider } = newStack();
    new Responder(stack, 'responder', {
      ...{
        provider,
        service: 's3',
        bus: 'bus',
        patterns: ['{"source":["aws.s3"]}'],
        state: 'ENABLED',
      },
      ...{ code: { path: 'x.zip', hash: 'x' }, environment: {}, trust: {}, permissions: nothing },
      ...{ queuePolicy: {}, deadLettersPolicy: {}, keyArn: 'key', topicArn: 'topic' },
      ...change,
    });
  };

  it('lets two or more run at once', () => {
    expect(make({ maximumConcurrency: 2 })).not.toThrow();
    expect(make({ maximumConcurrency: 1 })).toThrow('2 or more');
  });

  it('is refused where nothing wakes it, or a pattern can never match', () => {
    expect(make({ patterns: [] })).toThrow('nothing wakes');
    expect(make({ patterns: ['{"source":["s3.amazonaws.com"]}'] })).toThrow(
      'the pattern of s3: source: "source" begins with "aws.", it is never "s3.amazonaws.com"; write "aws.s3"',
    );
  });

  it('has a rule for each pattern', () => {
    const patterns = ['aws.s3', 'aws.sqs', 'aws.sns'].map((one) => `{"source":["${one}"]}`);

    expect(make({ patterns })).not.toThrow();
    expect(responderRules('s3', patterns)).toEqual([
      'parapet-respond-s3',
      'parapet-respond-s3-2',
      'parapet-respond-s3-3',
    ]);
  });
});

describe('a stack', () => {
  it('refuses ids that could make two resources one', () => {
    const { stack, provider } = newStack();

    expect(() => new Queue(stack, 'a_b', { provider, name: 'q' })).toThrow('construct id a_b');
  });
});
