import type { SiemReceiver } from '#core/siem-receiver';
import { bulk } from './bulk';
import { hec } from './hec';
import type { Protocol } from './protocol';
import { webhook } from './webhook';

export { type Forwarded, forwarder } from './forward';
export type { Refusal, SiemPorts } from './ports';
export type { StreamRecord } from './record';
export { httpSender } from './send';

/** The protocol that a receiver speaks. */
export function protocolOf(receiver: SiemReceiver): Protocol {
  switch (receiver.protocol) {
    case 'splunk-hec':
      return hec(receiver);
    case 'bulk':
      return bulk(receiver);
    case 'webhook':
      return webhook(receiver);
  }
}
