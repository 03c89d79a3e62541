import { z } from 'zod';
import { receiverUrl, secretId, text } from './receiver';

const common = {
  url: receiverUrl.describe('The receiver. Redirects are not followed.'),
  secret: secretId.describe(
    'The secret in Secrets Manager that the receiver knows the forwarder by.',
  ),
  gzip: z
    .boolean({ error: 'write true or false' })
    .default(true)
    .describe('Whether bodies are sent with Content-Encoding: gzip.'),
  maxBytes: z
    .int({ error: 'write a number of bytes from 10000 to 50000000' })
    .min(10_000, 'write 10000 or more')
    .max(50_000_000, 'write 50000000 or less')
    .optional()
    .describe("The largest body before compression; without it the protocol's own default."),
  certificateAuthority: text(
    /^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/,
    'write a certificate in PEM, from -----BEGIN CERTIFICATE----- on',
  )
    .optional()
    .describe('The private authority that signed the certificate of the receiver, in PEM.'),
};

const map = 'write { protocol: …, url: …, secret: … }';

/** Where security operations receive what the bus saw: the `siem` block of `parapet.yaml`. */
export const siemReceiver = z.discriminatedUnion(
  'protocol',
  [
    z
      .strictObject(
        {
          protocol: z.literal('splunk-hec'),
          ...common,
          index: text(
            /^[a-z0-9_][a-z0-9_-]{0,79}$/,
            'write the name of a Splunk index in lower case',
          )
            .optional()
            .describe("Without it the token's default index."),
        },
        map,
      )
      .describe('Splunk HTTP Event Collector. `url` is the host: the path is added.'),
    z
      .strictObject(
        {
          protocol: z.literal('bulk'),
          ...common,
          index: text(
            /^[a-z0-9][a-z0-9._-]{0,199}$/,
            'write the name of a data stream in lower case, e.g. logs-parapet-default',
          )
            .default('logs-parapet-default')
            .describe('The data stream.'),
        },
        map,
      )
      .describe('Elastic and OpenSearch. `url` is the cluster: the path is added.'),
    z
      .strictObject({ protocol: z.literal('webhook'), ...common }, map)
      .describe('CloudEvents in batches, signed as Standard Webhooks says.'),
  ],
  'choose protocol splunk-hec, bulk or webhook',
);

export type SiemReceiver = z.infer<typeof siemReceiver>;
