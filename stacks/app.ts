import { App } from 'cdktf';
import type { Configuration } from '#config';
import type { AnyGuardrail } from '#core';
import type { ProviderHook } from '#modules/provider';
import { withoutStackTraces } from '#modules/stack-traces';
import { forwardingOf } from './forwarding';
import { servicesOf } from './installed';
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
 * The whole deployment: the security stack, then one stack for each active account. No AWS is
 * called, and the same input gives the same files. The caller calls `synth()`.
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
  const security =
    shard.index === 1
      ? new SecurityStack(app, { configuration, services, entries, onProvider })
      : undefined;
  for (const account of shareOf(configuration.accounts, shard)) {
    const member = new MemberStack(app, {
      ...{ configuration, account, services, forwarding, onProvider },
    });
    if (security) member.addDependency(security);
  }
  return app;
}
