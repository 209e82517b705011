/**
 * Pages on this machine alone: a fixed list of addresses on 127.0.0.1, each a text made beforehand. No path of a request ever
 * reaches the file system; what is not on the list, not asked by this address's own name, or not a plain GET is refused.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Served {
  readonly html: string;
  /** Content security policy. */
  readonly policy: string;
}

export interface Running {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const HOST = '127.0.0.1';

/** Serves pages by path. `port` 0: any that is free. Throws Error where the port is taken. */
export async function serve(pages: ReadonlyMap<string, () => Served>, port: number): Promise<Running> {
  const server: Server = createServer(
    { maxHeaderSize: 16_384, requestTimeout: 10_000 },
    (request, response) => {
      try {
        answer(request, response, pages, own(server).port);
      } catch {
        if (!response.headersSent) refuse(response, 500, 'The page could not be made.');
        else response.destroy();
      }
    },
  );
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: own(server).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function own(server: Server): AddressInfo {
  return server.address() as AddressInfo;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  pages: ReadonlyMap<string, () => Served>,
  port: number,
): void {
  const { method, headers, url } = request;
  // A page of another site may send requests here by a name of its own that leads to this machine.
  const names = [`${HOST}:${port}`, `localhost:${port}`];
  if (headers.host === undefined || !names.includes(headers.host)) {
    refuse(response, 421, 'This server answers to 127.0.0.1 only.');
    return;
  }
  if (headers.origin !== undefined && !names.some((name) => headers.origin === `http://${name}`)) {
    refuse(response, 403, 'Requests of other pages are refused.');
    return;
  }
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    refuse(response, 405, 'There is nothing here but pages to read.');
    return;
  }
  const path = (url ?? '/').split('?')[0]!;
  const page = pages.get(path);
  if (page === undefined) {
    refuse(response, 404, 'There is no such page here.');
    return;
  }
  const { html, policy } = page();
  send(
    response,
    200,
    'text/html; charset=utf-8',
    html,
    `${policy}; frame-ancestors 'none'`,
    method === 'HEAD',
  );
}

function refuse(response: ServerResponse, status: number, text: string): void {
  send(
    response,
    status,
    'text/plain; charset=utf-8',
    `${text}\n`,
    "default-src 'none'; frame-ancestors 'none'",
    false,
  );
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  policy: string,
  headOnly: boolean,
): void {
  const bytes = Buffer.from(text, 'utf8');
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  response.end(headOnly ? undefined : bytes);
}
