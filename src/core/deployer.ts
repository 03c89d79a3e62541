import { z } from 'zod';
import { receiverUrl, secretId, text } from './receiver';

/** Who enrols accounts in the cloud: the `vending.deployer` block of `parapet.yaml`. */
export const deployer = z.discriminatedUnion(
  'kind',
  [
    z
      .strictObject(
        {
          kind: z.literal('webhook'),
          url: receiverUrl.describe('Who runs `parapet vend`. Redirects are not followed.'),
          secret: secretId.describe('The secret in Secrets Manager that signs requests.'),
        },
        'write { kind: webhook, url: …, secret: … }',
      )
      .describe('A signed POST for each account that came or left.'),
    z
      .strictObject(
        {
          kind: z.literal('codebuild'),
          // https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html
          project: text(
            /^[A-Za-z0-9][\w-]{1,149}$/,
            'write the name of a CodeBuild project (not its ARN), e.g. parapet-vend',
          ).describe('Its name, in the security account and the home Region.'),
        },
        'write { kind: codebuild, project: … }',
      )
      .describe('A build for each account that came or left.'),
  ],
  'choose kind webhook or codebuild',
);

export type Deployer = z.infer<typeof deployer>;
