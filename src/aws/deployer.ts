import { createHmac } from 'node:crypto';
import { CodeBuildClient, StartBuildCommand } from '@aws-sdk/client-codebuild';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Lifecycle, TryAgain } from '#core';
import type { Deployer } from '#core/deployer';

const TIMEOUT_MS = 10_000;

/**
 * Hands an account over. The same event is handed over under the same id, however often.
 * @throws TryAgain where the deployer did not take it
 */
export async function handOver(
  deployer: Deployer,
  lifecycle: Lifecycle & { readonly id: string },
  { region, now }: { readonly region: string; readonly now: () => Date },
): Promise<void> {
  const { account, kind, id } = lifecycle;
  if (deployer.kind === 'codebuild') {
    await new CodeBuildClient({ region }).send(
      new StartBuildCommand({
        projectName: deployer.project,
        idempotencyToken: id,
        environmentVariablesOverride: [
          { name: 'ACCOUNT_ID', value: account },
          { name: 'PARAPET_VERB', value: kind === 'came' ? 'vend' : 'unvend' },
        ],
      }),
    );
    return;
  }
  const { SecretString: secret } = await new SecretsManagerClient({ region }).send(
    new GetSecretValueCommand({ SecretId: deployer.secret }),
  );
  if (!secret) throw new TryAgain(`the secret ${deployer.secret} is empty`);
  const body = JSON.stringify({ id, verb: kind === 'came' ? 'vend' : 'unvend', account });
  const stamp = String(Math.floor(now().getTime() / 1000));
  const signature = createHmac('sha256', secret).update(`${stamp}.${body}`).digest('hex');
  const answer = await fetch(deployer.url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-parapet-timestamp': stamp,
      'x-parapet-signature': `sha256=${signature}`,
    },
    // A redirect would carry the signed account to another host.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause) => {
    throw new TryAgain(`the deployer cannot be reached: ${cause}`, { cause });
  });
  if (!answer.ok) throw new TryAgain(`the deployer answered ${answer.status}`);
}
