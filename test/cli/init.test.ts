import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inNewFolder, parapet } from './terminal';

test('init writes an annotated configuration and its schema, and says the next step', async () => {
  await inNewFolder(async () => {
    const { code, stdout, stderr } = await parapet(['init']);

    expect(code).toBe(0);
    expect(stdout).toBe('wrote parapet.yaml and parapet.schema.json\n');
    expect(stderr).toContain('parapet org sync');
    const yaml = readFileSync('parapet.yaml', 'utf8');
    expect(yaml.split('\n')[0]).toBe('# yaml-language-server: $schema=./parapet.schema.json');
    expect(yaml).toContain('# The enforcement ladder');
    expect(JSON.parse(readFileSync('parapet.schema.json', 'utf8'))).toHaveProperty(
      'properties.guardrails.properties',
    );
  });
});

test('what init wrote lacks only the snapshot', async () => {
  await inNewFolder(async () => {
    await parapet(['init']);

    const { code, stderr } = await parapet(['check']);

    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^parapet\.yaml:4:15: organization\.json does not exist; make it with `parapet org sync`\n1 problem/,
    );
  });
});

test('init never overwrites without --force', async () => {
  await inNewFolder(async () => {
    writeFileSync('parapet.yaml', 'mine');

    const { code, stdout, stderr } = await parapet(['init']);

    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toBe('error: parapet.yaml exists already; overwrite it with --force\n');
    expect(readFileSync('parapet.yaml', 'utf8')).toBe('mine');
    expect(existsSync('parapet.schema.json')).toBe(false);

    expect((await parapet(['init', '--force'])).code).toBe(0);
    expect(readFileSync('parapet.yaml', 'utf8')).not.toBe('mine');
  });
});

test('a schema that is there is kept without --force', async () => {
  await inNewFolder(async () => {
    writeFileSync('parapet.schema.json', 'mine');

    const { stdout } = await parapet(['init', '--json']);

    expect(JSON.parse(stdout)).toEqual({ written: ['parapet.yaml'] });
    expect(readFileSync('parapet.schema.json', 'utf8')).toBe('mine');
  });
});

test('init writes where --config says', async () => {
  await inNewFolder(async () => {
    mkdirSync('staging');

    const { stdout } = await parapet(['init', '--config', 'staging/parapet.yaml', '--json']);

    expect(JSON.parse(stdout)).toEqual({
      written: ['staging/parapet.yaml', 'staging/parapet.schema.json'],
    });
  });
});
