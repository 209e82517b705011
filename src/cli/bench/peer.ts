/**
 * Side by side with the npm package nodejs-order-book, in one process, on the same messages: a prefix of each flow, as it
 * is too slow for all of it. It is a development dependency: where it is not installed, nothing is measured.
 */
import type { Flow, FlowName } from './flows.ts';
import { CANCEL, generateFlow, LIMIT } from './flows.ts';
import { measureMatching } from './matching.ts';
import { bestOf } from './measure.ts';

export interface PeerResult {
  readonly name: string;
  readonly flow: FlowName;
  readonly messages: number;
  readonly ns_per_op: number;
  readonly peer_ns_per_op: number;
  /** How many times faster this engine is. */
  readonly ratio: number;
}

const NAME = 'nodejs-order-book';

/** What is used of it. */
interface PeerBook {
  limit(order: { side: string; id: string; size: number; price: number }): unknown;
  market(order: { side: string; size: number }): unknown;
  cancel(id: string): unknown;
}

const TIMED: Readonly<Record<FlowName, number>> = { mixed: 20_000, crash: 2_000 };

export async function measurePeers(quick: boolean): Promise<readonly PeerResult[]> {
  const create = await load();
  if (create === undefined) return [];
  // The crash flow's book of a million orders takes the peer long to build.
  const names: readonly FlowName[] = quick ? ['mixed'] : ['mixed', 'crash'];
  return names.map((flow) => measure(flow, create));
}

function measure(name: FlowName, create: () => PeerBook): PeerResult {
  const messages = TIMED[name];
  const flow = generateFlow(name, messages);
  const { ns } = bestOf(
    1,
    () => {
      const book = create();
      play(book, flow, 0, flow.preload);
      return book;
    },
    (book) => {
      play(book, flow, flow.preload, flow.count);
    },
    0, // building the book has warmed it up
  );
  const { ns_per_op } = measureMatching('exchange', name, messages, 20);
  const peer_ns_per_op = ns / messages;
  return { name: NAME, flow: name, messages, ns_per_op, peer_ns_per_op, ratio: peer_ns_per_op / ns_per_op };
}

function play(book: PeerBook, flow: Flow, from: number, to: number): void {
  const { messages } = flow;
  for (let i = from; i < to; i++) {
    const op = messages[4 * i]! & 255;
    const id = String(messages[4 * i + 1]!);
    const side = messages[4 * i]! >> 8 === 0 ? 'buy' : 'sell';
    const price = messages[4 * i + 2]!;
    const size = messages[4 * i + 3]!;
    if (op === CANCEL) book.cancel(id);
    else if (op === LIMIT) book.limit({ side, id, size, price });
    else book.market({ side, size });
  }
}

async function load(): Promise<(() => PeerBook) | undefined> {
  try {
    const { OrderBook } = (await import(NAME)) as { OrderBook: new () => PeerBook };
    return () => new OrderBook();
  } catch {
    return undefined;
  }
}
