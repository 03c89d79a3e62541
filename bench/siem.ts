import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { SiemReceiver } from '#core/siem-receiver';
import { forwarder, httpSender, protocolOf, type StreamRecord } from '#siem';
import { eventRecord } from '../test/siem/stream';
import { type ProtocolName, SPEAKERS } from '../test/siem-sim/protocols';
import { startSim } from '../test/siem-sim/siem-sim';

/** What Lambda would hand over: a batch of a shard. */
const BATCH = 500;
const RECORDS = 20_000;

const SECRETS: Readonly<Record<ProtocolName, { readonly kept: string; readonly known: string }>> = {
  'splunk-hec': { kept: 'token', known: 'token' },
  bulk: { kept: '{"apiKey":"key"}', known: 'key' },
  webhook: { kept: `whsec_${'A'.repeat(40)}`, known: `whsec_${'A'.repeat(40)}` },
};

/** The receiver, in a process of its own so that its strictness costs the forwarder nothing. */
async function serve(protocol: ProtocolName): Promise<void> {
  const sim = await startSim({ protocol, secret: SECRETS[protocol].known, now: Date.now });
  process.on('message', () => {
    process.send?.({ stored: sim.state.stored.length, complaints: sim.state.complaints.length });
    process.disconnect();
    void sim.close();
  });
  process.send?.(sim.url);
}

/** Fifty accounts; parameters that differ from event to event, as far as a hash does. */
function record(index: number): StreamRecord {
  const id = createHash('sha256').update(String(index)).digest('hex');
  const account = String(100_000_000_000 + (index % 50));
  return eventRecord(index, account, `aws-sdk-js/3.1169.0 ${id} os/linux lang/js ${id}`);
}

async function measure(protocol: ProtocolName, records: readonly StreamRecord[]) {
  const child = fork(__filename, [protocol]);
  const [url] = await once(child, 'message');
  const receiver = { protocol, url, secret: 's', gzip: true, index: 'logs-parapet-default' };
  const sender = httpSender();
  const secret = async () => SECRETS[protocol].kept;
  const forward = forwarder(protocolOf(receiver as SiemReceiver), {
    ...{ send: sender.send, now: Date.now, random: Math.random, secret, freshSecret: secret },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    refuse: async () => '',
  });
  const started = performance.now();
  let requests = 0;
  for (let start = 0; start < records.length; start += BATCH) {
    const { failedFrom, counts } = await forward(records.slice(start, start + BATCH), 60_000);
    if (failedFrom !== undefined) throw new Error(`${protocol}: ${failedFrom} failed`);
    requests += counts.requests;
  }
  const seconds = (performance.now() - started) / 1000;
  sender.close();
  child.send('report');
  const [{ stored, complaints }] = await once(child, 'message');
  if (stored !== records.length || complaints > 0)
    throw new Error(`${protocol}: ${stored} arrived, ${complaints} complaints`);
  const bytes = records.reduce((sum, { data }) => sum + data.length, 0);
  return {
    ...{ protocol, records: stored, requests, seconds: seconds.toFixed(2) },
    'records/s': Math.round(stored / seconds),
    'MB/s': (bytes / 1e6 / seconds).toFixed(1),
  };
}

/** Records a second to each receiver on loopback, one request after another, gzip on. */
async function main(): Promise<void> {
  const records = Array.from({ length: RECORDS }, (_, index) => record(index));
  const rows: object[] = [];
  for (const protocol of Object.keys(SPEAKERS) as ProtocolName[])
    rows.push(await measure(protocol, records));
  console.table(rows);
}

const protocol = process.argv[2];
if (protocol !== undefined && protocol in SPEAKERS) void serve(protocol as ProtocolName);
else void main();
