import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { formatSnapshot } from '#config';
import type { World } from '../../../src/cli/session';
import { inNewFolder, parapet, SNAPSHOT } from '../terminal';
import { synthesise, type Tiny } from '../tiny-stacks';

const YAML = `accounts:
  management: '111111111111'
  security: '222222222222'
  logArchive: '333333333333'
regions: { home: us-east-1, governed: [us-east-1] }
`;

/** Real Terraform, on stacks of the one resource that needs no provider. */
const SECURITY: Tiny = { resources: { bus: { input: 'bus' }, queue: { input: 'queue' } } };
const member = (input: string, extra: object = {}): Tiny => ({
  after: ['security'],
  resources: { rule: { input, ...extra } },
});
const breaking = { provisioner: [{ 'local-exec': { command: 'test -e allowed' } }] };

const deploying = (stacks: Readonly<Record<string, Tiny>>, world: Partial<World> = {}) => ({
  run: (...argv: readonly string[]) =>
    parapet(argv, { environment: process.env, synthesise: synthesise(stacks), ...world }),
});

async function inOrganization(work: () => Promise<void>): Promise<void> {
  await inNewFolder(async () => {
    writeFileSync('parapet.yaml', YAML);
    writeFileSync('organization.json', formatSnapshot(SNAPSHOT));
    await work();
  });
}

/** The lock's folder may be there without any. */
const statesKept = (): readonly string[] => (existsSync('state') ? readdirSync('state') : []);

const inputsOf = (id: string): readonly string[] =>
  JSON.parse(readFileSync(`state/${id}.tfstate`, 'utf8')).resources.map(
    (one: { instances: { attributes: { input: { value: string } } }[] }) =>
      one.instances[0]?.attributes.input.value,
  );

const endsIn = (stdout: string): readonly string[] =>
  JSON.parse(stdout).stacks.map((one: { stack: string; end: string }) => `${one.stack} ${one.end}`);

jest.setTimeout(120_000);

const BOTH = { security: SECURITY, 'member-444444444444': member('rule') };

describe('parapet deploy', () => {
  it('plans, tells, asks, and applies what was planned; then there is nothing to do', async () => {
    await inOrganization(async () => {
      const asked: string[] = [];
      const { run } = deploying(BOTH, {
        confirm: (question) => {
          asked.push(question);
          return Promise.resolve(true);
        },
      });

      const first = await run('deploy');
      const again = await run('deploy', '--json');

      expect(asked).toEqual(['Do this?']);
      expect(first.code).toBe(0);
      expect(first.stderr).toContain(`security             2 to add, 0 to change, 0 to destroy
member-444444444444  1 to add, 0 to change, 0 to destroy
together             3 to add, 0 to change, 0 to destroy
`);
      expect(first.stdout).toMatch(/security +deployed +2 added, 0 changed, 0 destroyed, \d+ s\n/);
      expect(first.stdout).toContain('2 stacks as configured.');
      expect(inputsOf('security')).toEqual(['bus', 'queue']);
      expect(endsIn(again.stdout)).toEqual(['security unchanged', 'member-444444444444 unchanged']);
    });
  });

  it('changes nothing where the answer is no, or where nobody can be asked', async () => {
    await inOrganization(async () => {
      const no = await deploying(BOTH, { confirm: () => Promise.resolve(false) }).run('deploy');
      const nobody = await deploying(BOTH).run('deploy');

      expect(no.code).toBe(2);
      expect(no.stderr).toContain('error: not approved; nothing was changed');
      expect(nobody.code).toBe(2);
      expect(nobody.stderr).toContain('3 to add');
      expect(nobody.stderr).toContain('run again with --auto-approve');
      expect(statesKept()).toEqual([]);
    });
  });

  it('only plans with --plan, and leaves no plan behind', async () => {
    await inOrganization(async () => {
      const { code, stdout } = await deploying(BOTH).run('deploy', '--plan', '--json');

      const counts = JSON.parse(stdout).plans.map((plan: { told: object }) => plan.told);
      expect(code).toBe(0);
      expect(counts).toEqual([
        {
          counts: { add: 2, change: 0, destroy: 0 },
          planned: ['create terraform_data.bus', 'create terraform_data.queue'],
          errors: [],
        },
        {
          counts: { add: 1, change: 0, destroy: 0 },
          planned: ['create terraform_data.rule'],
          errors: [],
        },
      ]);
      expect(statesKept()).toEqual([]);
      expect(readdirSync('.parapet/cdktf.out/stacks/security')).not.toContain('parapet.tfplan');
    });
  });

  it('only plans with --plan where nothing can be planned, too, and forgets no earlier run', async () => {
    await inOrganization(async () => {
      const broken = { 'member-444444444444': member('${terraform_data.none.id}') };

      const { code, stdout } = await deploying(broken).run('deploy', '--plan');

      expect(code).toBe(3);
      expect(stdout).toContain(
        'member-444444444444  fails: terraform plan of member-444444444444 failed',
      );
      expect(existsSync('.parapet/deploy.json')).toBe(false);
    });
  });

  it('names every resource that would be destroyed or replaced', async () => {
    await inOrganization(async () => {
      await deploying(BOTH).run('deploy', '--auto-approve');
      const fewer = { ...BOTH, security: { resources: { bus: { input: 'bus' } } } };

      const { stdout } = await deploying(fewer).run('deploy', '--plan');

      expect(stdout).toContain('Destroyed or replaced:\n  security: delete terraform_data.queue');
    });
  });

  it('goes on past a member that fails, names it with exit code 3, and resumes with it alone', async () => {
    await inOrganization(async () => {
      const stacks = {
        security: SECURITY,
        'member-444444444444': member('shop', breaking),
        'member-555555555555': member('test'),
      };
      const { run } = deploying(stacks);

      const failed = await run('deploy', '--auto-approve', '--parallel', '1', '--json');
      writeFileSync('.parapet/cdktf.out/stacks/member-444444444444/allowed', '');
      const resumed = await run('deploy', '--auto-approve', '--resume', '--json');

      expect(failed.code).toBe(3);
      expect(endsIn(failed.stdout)).toEqual([
        'security deployed',
        'member-444444444444 failed',
        'member-555555555555 deployed',
      ]);
      expect(failed.stderr).toContain(
        'terraform apply of member-444444444444 failed: terraform_data.rule: local-exec provisioner error',
      );
      expect(resumed.code).toBe(0);
      expect(endsIn(resumed.stdout)).toEqual([
        'security done earlier',
        'member-444444444444 deployed',
        'member-555555555555 done earlier',
      ]);
    });
  });

  it('leaves the members where security fails', async () => {
    await inOrganization(async () => {
      const stacks = { ...BOTH, security: { resources: { bus: { input: 'bus', ...breaking } } } };

      const { code, stdout } = await deploying(stacks).run('deploy', '--auto-approve');

      expect(code).toBe(3);
      expect(stdout).toContain('2 of 2 stacks not done: security, member-444444444444');
      expect(existsSync('state/member-444444444444.tfstate')).toBe(false);
    });
  });

  it('tells before asking that a stack cannot be planned, and deploys the others', async () => {
    await inOrganization(async () => {
      const stacks = { ...BOTH, 'member-555555555555': member('${terraform_data.none.id}') };

      const { code, stdout, stderr } = await deploying(stacks).run(
        'deploy',
        '--auto-approve',
        '--json',
      );

      expect(code).toBe(3);
      expect(stderr).toContain('member-555555555555  fails: terraform plan of member-555555555555');
      expect(endsIn(stdout)).toEqual([
        'security deployed',
        'member-444444444444 deployed',
        'member-555555555555 failed',
      ]);
    });
  });

  it('refuses a stack that there is not, and a count that makes no sense, before anything is planned', async () => {
    await inOrganization(async () => {
      const { run } = deploying(BOTH);

      const unknown = await run('deploy', '--auto-approve', '--stacks', 'securty');
      const counts = await Promise.all(
        ['0', '65', '-1', 'many', '1.5'].map((count) => run('deploy', '--parallel', count)),
      );

      expect(unknown.code).toBe(2);
      expect(unknown.stderr).toContain('no stack is called securty; did you mean security?');
      expect(unknown.stderr).not.toContain('planned');
      for (const { code, stderr } of counts) {
        expect(code).toBe(2);
        expect(stderr).toContain('write a number from 1 to 64');
      }
      expect(statesKept()).toEqual([]);
    });
  });

  it('interrupted, ends what is at work, leaves the rest with exit code 3, and resumes with these', async () => {
    await inOrganization(async () => {
      const begun = '.parapet/cdktf.out/stacks/member-444444444444/begun';
      const slow = 'test -e begun || { touch begun; sleep 60; }';
      const { run } = deploying({
        security: SECURITY,
        'member-444444444444': member('shop', {
          provisioner: [{ 'local-exec': { command: slow } }],
        }),
        'member-555555555555': member('test'),
      });

      const running = run('deploy', '--auto-approve', '--parallel', '1', '--json');
      while (!existsSync(begun)) await setTimeout(50);
      process.emit('SIGINT');
      const interrupted = await running;
      const resumed = await run('deploy', '--auto-approve', '--resume', '--json');

      expect(interrupted.code).toBe(3);
      expect(interrupted.stderr).toContain('Stopping: what is at work comes to its end first.');
      expect(endsIn(interrupted.stdout)).toEqual([
        'security deployed',
        'member-444444444444 failed',
        'member-555555555555 left',
      ]);
      expect(resumed.code).toBe(0);
      expect(endsIn(resumed.stdout)).toEqual([
        'security done earlier',
        'member-444444444444 deployed',
        'member-555555555555 deployed',
      ]);
      expect(process.listenerCount('SIGINT')).toBe(0);
    });
  });

  it('interrupted while planning, changes nothing and says so', async () => {
    await inOrganization(async () => {
      const { run } = deploying(BOTH);

      const running = run('deploy', '--auto-approve');
      while (!existsSync('.parapet/logs/security.log')) await setTimeout(5);
      process.emit('SIGTERM');
      const { code, stderr } = await running;

      expect(code).toBe(2);
      expect(stderr).toContain('stopped while planning; nothing was changed');
      expect(statesKept()).toEqual([]);
    });
  });

  it('resumes nothing that is of another configuration, or that never began', async () => {
    await inOrganization(async () => {
      const never = await deploying(BOTH).run('deploy', '--resume');
      await deploying(BOTH).run('deploy', '--auto-approve');
      const changed = { ...BOTH, 'member-444444444444': member('another') };
      const other = await deploying(changed).run('deploy', '--resume');

      expect(never.code).toBe(2);
      expect(never.stderr).toContain('tells of no deployment to go on with');
      expect(other.code).toBe(2);
      expect(other.stderr).toContain('changed since the run');
    });
  });
});

describe('parapet remove', () => {
  it('removes members before what they stand on, and nothing is left in the state', async () => {
    await inOrganization(async () => {
      await deploying(BOTH).run('deploy', '--auto-approve');

      const { code, stdout } = await deploying(BOTH).run('remove', '--auto-approve', '--json');

      expect(code).toBe(0);
      expect(endsIn(stdout)).toEqual(['member-444444444444 removed', 'security removed']);
      expect(inputsOf('security')).toEqual([]);
    });
  });
});
