// The server answers its own name with its own pages, and nothing else to anybody.
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Running } from '../../src/serve/server.ts';
import { serve } from '../../src/serve/server.ts';

const PAGE = { html: '<!doctype html><p>ä</p>', policy: "default-src 'none'" };
let running: Running;
beforeAll(async () => {
  running = await serve(
    new Map([
      ['/', () => PAGE],
      [
        '/broken',
        () => {
          throw new Error('no');
        },
      ],
    ]),
    0,
  );
});
afterAll(() => running.close());

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

function get(
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {} } = options;
    const call = request({ host: '127.0.0.1', port: running.port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode!, headers: response.headers, text });
      });
    });
    call.on('error', reject).end();
  });
}

/** Sends bytes as they are. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(running.port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('close', () => {
      resolve(text);
    });
    socket.on('error', reject);
    socket.setTimeout(5000, () => socket.destroy());
  });
}

describe('the server', () => {
  test('serves its page with a strict policy', async () => {
    const { status, headers, text } = await get('/?from=a-link');
    expect([status, text]).toEqual([200, PAGE.html]);
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(await get('/', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  test.each([
    '/../package.json',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/package.json',
    '//etc/passwd',
    '/etc/passwd',
    '/./',
    '/\\..\\x',
    '/index.html',
    '/__proto__',
    '/constructor',
  ])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example',
    '[::1]',
  ])('does not answer to the name %s', async (host) => {
    expect((await get('/', { headers: { Host: host } })).status).not.toBe(200);
  });

  test('answers to localhost', async () => {
    expect((await get('/', { headers: { Host: `localhost:${running.port}` } })).status).toBe(200);
  });

  test.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1'])(
    'refuses a page of %s',
    async (origin) => {
      expect((await get('/', { headers: { Origin: origin } })).status).toBe(403);
    },
  );

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('refuses %s', async (method) => {
    expect(await get('/', { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  test.each([
    'GARBAGE\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
    'GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: nonsense\r\nContent-Length: 5\r\n\r\n',
  ])('is not hurt by a malformed request (%#)', async (bytes) => {
    expect(await raw(bytes)).not.toContain('200 OK');
    expect((await get('/')).status).toBe(200);
  });

  test('says that a page could not be made, and goes on', async () => {
    expect((await get('/broken')).status).toBe(500);
    expect((await get('/')).status).toBe(200);
  });

  test('listens on this machine alone', async () => {
    await expect(serve(new Map(), running.port)).rejects.toThrow('EADDRINUSE');
  });
});
