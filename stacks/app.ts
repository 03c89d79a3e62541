import { App } from 'cdktf';
import type { Account, Configuration } from '#config';
import type { AnyGuardrail } from '#core';
import type { ProviderHook } from '#modules/provider';
import { withoutStackTraces } from '#modules/stack-traces';
import { forwardingOf } from './forwarding';
import { servicesOf } from './installed';
import { LogArchiveStack } from './log-archive';
import { ManagementStack } from './management';
import { MemberStack } from './member';
import { SecurityStack } from './security';
import { type Shard, shareOf } from './shard';

export interface AppOptions {
  /** Where `synth()` writes. @default CDKTF_OUTDIR, else cdktf.out */
  readonly outdir?: string;
  /** Only a share of the member stacks, for large organizations. @default all */
  readonly shard?: Shard;
  /** A folder of entries that stand in for the functions' own, as function-code.ts says. @default none */
  readonly entries?: string;
  /** Called with every provider. @default they are left as they are */
  readonly onProvider?: ProviderHook;
}

/**
 * The whole deployment, in the order in which it stands up: the log archive, which needs nothing;
 * the security stack, which writes there; one stack for each active account, which forwards to the
 * security bus; and the management stack, whose trail needs the archive's bucket and whose lifecycle
 * rules need the bus and the management account's own stack. No AWS is called, and the same input
 * gives the same files. The caller calls `synth()`.
 */
export function buildApp(
  configuration: Configuration,
  guardrails: readonly AnyGuardrail[],
  options: AppOptions = {},
): App {
  withoutStackTraces();
  const { outdir, shard = { index: 1, of: 1 }, entries, onProvider } = options;
  const app = new App(outdir === undefined ? {} : { outdir });
  const services = servicesOf(guardrails);
  const forwarding = forwardingOf(configuration, guardrails);
  const members = shareOf(managementFirst(configuration), shard).map((account) => ({
    account,
    stack: () => new MemberStack(app, { configuration, account, services, forwarding, onProvider }),
  }));
  if (shard.index !== 1) {
    for (const { stack } of members) stack();
    return app;
  }
  const archive = new LogArchiveStack(app, { configuration, onProvider });
  const security = new SecurityStack(app, { configuration, services, entries, onProvider });
  security.addDependency(archive);
  const management = new ManagementStack(app, { configuration, onProvider });
  management.addDependency(archive);
  management.addDependency(security);
  for (const { account, stack } of members) {
    const member = stack();
    member.addDependency(security);
    if (account.kind === 'management') management.addDependency(member);
  }
  return app;
}

/** The first share holds what others wait for, the management account's own stack among it. */
const managementFirst = ({ accounts }: Configuration): readonly Account[] =>
  accounts.toSorted(
    (one, other) => Number(other.kind === 'management') - Number(one.kind === 'management'),
  );
