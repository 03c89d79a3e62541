import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';

const INSTALLED = '/usr/bin/chromium';

/** Starts Chromium without a window; the system's where the packaged one does not start. */
export async function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage'];
  const launch = (executablePath: string) =>
    puppeteer.launch({ executablePath, headless: 'shell', args });
  try {
    return await launch(packaged());
  } catch (error) {
    if (!existsSync(INSTALLED)) throw error;
    return launch(INSTALLED);
  }
}

/** The packaged Chromium unpacks itself; its package is a module, which a child can import. */
const packaged = (): string =>
  execFileSync(
    process.execPath,
    [
      ...['--input-type=module', '--eval'],
      "import chromium from '@sparticuz/chromium'; process.stdout.write(await chromium.executablePath())",
    ],
    { encoding: 'utf8', cwd: __dirname },
  );

/** The file of axe-core that runs in a page. */
export const AXE = require.resolve('axe-core/axe.min.js');
