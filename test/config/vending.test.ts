import { load, problemsOf, SNAPSHOT, YAML } from './organization';

const vending = (deployer: string): string => `${YAML}vending: { deployer: ${deployer} }\n`;
const problems = (deployer: string) =>
  problemsOf({ 'parapet.yaml': vending(deployer), 'organization.json': SNAPSHOT });

describe('who enrols accounts', () => {
  it('is nobody without a word', () => {
    expect(load().deployer).toBeUndefined();
    expect(load(`${YAML}vending: {}\n`).deployer).toBeUndefined();
  });

  it.each([
    ['{ kind: codebuild, project: parapet-vend }', { kind: 'codebuild', project: 'parapet-vend' }],
    [
      '{ kind: webhook, url: https://ci.example.com/vend, secret: parapet/vend }',
      { kind: 'webhook', url: 'https://ci.example.com/vend', secret: 'parapet/vend' },
    ],
  ])('is taken over as it is written: %s', (written, expected) => {
    expect(load(vending(written)).deployer).toEqual(expected);
  });

  it.each([
    [
      'is nobody that is known',
      '{ kind: jenkins }',
      'parapet.yaml:17:30: vending.deployer.kind is "jenkins"; choose kind webhook or codebuild',
    ],
    [
      'would be called in the clear',
      '{ kind: webhook, url: http://ci.example.com, secret: s }',
      'parapet.yaml:17:44: vending.deployer.url is "http://ci.example.com"; write https://<host>[:port][/path] without user or password; http only for this machine',
    ],
    [
      'has the ARN of a project',
      "{ kind: codebuild, project: 'arn:aws:codebuild:us-east-1:222222222222:project/vend' }",
      'parapet.yaml:17:50: vending.deployer.project is "arn:aws:codebuild:us-east-1:222222222222:project/vend"; write the name of a CodeBuild project (not its ARN), e.g. parapet-vend',
    ],
    [
      'has a key that it does not have',
      '{ kind: codebuild, project: vend, branch: main }',
      'parapet.yaml:17:56: unknown key "branch"; choose one of kind, project',
    ],
    [
      'has its secret in another account',
      "{ kind: webhook, url: https://ci.example.com, secret: 'arn:aws:secretsmanager:us-east-1:444444444444:secret:vend-abcdef' }",
      'parapet.yaml:17:76: the secret is in account 444444444444; keep it in the security account 222222222222',
    ],
    [
      'has its secret in another Region',
      "{ kind: webhook, url: https://ci.example.com, secret: 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:vend-abcdef' }",
      'parapet.yaml:17:76: the secret is in eu-west-1; keep it in the home Region us-east-1',
    ],
  ])('is refused where it %s', (_what, written, problem) => {
    expect(problems(written)).toEqual([problem]);
  });
});
