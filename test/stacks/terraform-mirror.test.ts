import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MIRROR = join(__dirname, '..', '..', 'scripts', 'terraform-mirror.mjs');

/** What an expression over the module's exports gives; it is ESM, and these tests are not. */
function evaluate(expression: string): unknown {
  const script = `import * as mirror from ${JSON.stringify(pathToFileURL(MIRROR).href)};
    process.stdout.write(JSON.stringify(${expression}) ?? 'null');`;
  const parameters = ['--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, parameters, { encoding: 'utf8' }));
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'parapet-mirror-'));
const PROVIDER = join('registry.terraform.io', 'hashicorp', 'aws');

describe('the search for a mirror', () => {
  it.each([
    ['at', []],
    ['one level below', ['plugins']],
    ['two levels below', ['terraform', 'plugins']],
  ])('finds one %s a place', (_, below) => {
    const place = newFolder();
    mkdirSync(join(place, ...below, PROVIDER), { recursive: true });

    expect(evaluate(`mirror.findMirror(${JSON.stringify([place])})`)).toBe(join(place, ...below));
  });

  it('finds none deeper than that, nor where there is no such place', () => {
    const place = newFolder();
    mkdirSync(join(place, 'a', 'b', 'c', PROVIDER), { recursive: true });

    const places = JSON.stringify([join(place, 'absent'), place]);
    expect(evaluate(`mirror.findMirror(${places}) ?? 'none'`)).toBe('none');
  });
});

describe("Terraform's configuration", () => {
  it('takes the AWS provider from the mirror, and nothing else', () => {
    const text = evaluate(`mirror.cliConfiguration({ mirror: '/mirror', cache: '/cache' })`);

    expect(text).toContain('path    = "/mirror"');
    expect(text).toContain('plugin_cache_dir = "/cache"');
    expect(text).toContain('exclude = ["registry.terraform.io/hashicorp/aws"]');
  });

  it('takes all from the registry where there is no mirror', () => {
    const text = evaluate(`mirror.cliConfiguration({ cache: '/cache' })`);

    expect(text).toContain('direct {}');
    expect(text).not.toContain('filesystem_mirror');
  });

  it('is written where it is asked for, beside the plugin cache', () => {
    const folder = newFolder();

    const file = evaluate(`mirror.terraformConfiguration(${JSON.stringify(folder)})`);
    expect(file).toBe(join(folder, 'terraform.rc'));
    expect(readFileSync(String(file), 'utf8')).toContain(join(folder, 'plugins'));
  });
});
