import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As much of Secrets Manager and S3 as the forwarder asks for, on 127.0.0.1. */
export async function startAws(secret: string) {
  const state = { secret, secretsRead: 0, refusing: false, objects: new Map<string, string>() };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    if (state.refusing) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end('{"__type":"AccessDeniedException","message":"no"}');
    } else if (request.headers['x-amz-target'] === 'secretsmanager.GetSecretValue') {
      state.secretsRead += 1;
      const { SecretId } = JSON.parse(body);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ Name: SecretId, SecretString: state.secret }));
    } else if (request.method === 'PUT') {
      state.objects.set(String(request.url).replace(/\?.*/, ''), body);
      response.writeHead(200).end();
    } else response.writeHead(501).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
