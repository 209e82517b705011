/** The bench as a table for people, with the target and the verdict where there is a target. */
import type { LoopResult, Scaling } from './loop.ts';
import type { MatchingResult } from './matching.ts';
import { NOISE } from './measure.ts';
import type { PeerResult } from './peer.ts';
import type { BenchReport } from './report.ts';
import { tableOfRows } from '../report/table.ts';

type Row = readonly [what: string, measured: string, target: string, verdict: string];

export function formatBench(report: BenchReport): string {
  const { machine, flows, alternating, loop, snapshot, large, allocation, solvable } = report;
  // Targets are for the full flows and lengths, warm; in a short flow, looking at the heap weighs as much as the rest.
  const full = (target: number) => (report.quick ? undefined : target);
  const heapTarget = full(NOISE);
  const rows: Row[] = [
    ...flowRows('mixed flow', flows.mixed, full(30), heapTarget),
    ...flowRows('crash flow', flows.crash, full(190), heapTarget),
    atMost(
      `mixed flow in ${alternating.worlds} worlds in turn, ${whole(alternating.messages)} messages`,
      alternating.ns_per_op,
      (value) => `${value.toFixed(1)} ns/op`,
      full(40),
    ),
    ...flowRows('mixed flow, bare book', report.book_flows.mixed, undefined, heapTarget),
    ...flowRows('crash flow, bare book', report.book_flows.crash, undefined, heapTarget),
    ...report.peers.map(peerRow),
    ...loopRows('calm', loop.calm, full(3e6)),
    ...loopRows('with the shock', loop.shock, undefined),
    ...loopRows('calibrated market', loop.calibrated, full(2e6)),
    ...scalingRows('holding', loop.holders, 2),
    ...scalingRows('trading', loop.traders, 2),
    ...scalingRows('with two positions', loop.crossed, 2),
    atMost(
      `save and load, ${whole(snapshot.accounts)} accounts (${megabytes(snapshot.world_bytes)})`,
      snapshot.save_load_ms,
      (value) => `${value.toFixed(2)} ms`,
      full(2),
    ),
    ['world of ' + whole(large.accounts) + ' accounts', megabytes(large.world_bytes), '', ''],
    atMost(`memory of the process for it`, large.rss_growth_bytes, megabytes, full(400e6)),
    atMost('heap allocated by the loop', allocation.bytes_per_event, bytes, NOISE),
    [
      '– bytes in all',
      `${whole(allocation.short.allocated_bytes)} in ${whole(allocation.short.events)} events, ` +
        `${whole(allocation.long.allocated_bytes)} in ${whole(allocation.long.events)}`,
      '',
      '',
    ],
    ['– still there after a collection', bytes(allocation.retained_bytes_per_event), '', ''],
    ['– young collections', `${allocation.short.scavenges}, ${allocation.long.scavenges}`, '', ''],
    [`solvable cascade, m = ${solvable.m}`, `${solvable.us_per_run.toFixed(0)} µs a run`, '', ''],
    ...labRows(report),
  ];
  const { cpu, cores, memory_bytes, node, date } = machine;
  return [
    `${cpu}, ${cores} cores (one used), ${(memory_bytes / 1e9).toFixed(0)} GB, Node ${node}, ${date}`,
    tableOfRows(['measure', 'measured', 'target', ''], rows),
    `${report.quick ? 'Quick: short flows, best of 2. ' : ''}Took ${report.seconds.toFixed(0)} s.`,
  ].join('\n');
}

function flowRows(
  name: string,
  result: MatchingResult,
  target: number | undefined,
  heapTarget: number | undefined,
): Row[] {
  const { messages, fills, hash, correct, ns_per_op, heap_bytes_per_op } = result;
  return [
    atMost(`${name}, ${whole(messages)} messages`, ns_per_op, (value) => `${value.toFixed(1)} ns/op`, target),
    [
      '– fills (hash)',
      `${whole(fills)} (${hash})`,
      `${whole(result.expected.fills)} (${result.expected.hash})`,
      verdict(correct),
    ],
    atMost('– heap allocated', heap_bytes_per_op, (value) => `${value.toFixed(3)} bytes/op`, heapTarget),
  ];
}

function peerRow({ name, flow, messages, ns_per_op, peer_ns_per_op, ratio }: PeerResult): Row {
  return [
    `${name} on the first ${whole(messages)} messages of the ${flow} flow`,
    `${peer_ns_per_op.toFixed(0)} ns/op, here ${ns_per_op.toFixed(1)}: ${ratio.toFixed(0)} times`,
    '≥ 100 times',
    verdict(ratio >= 100),
  ];
}

function loopRows(name: string, result: LoopResult, target: number | undefined): Row[] {
  const { accounts, wakes_per_s, events_per_s, instructions_per_s, to_s } = result;
  const met = target === undefined ? '' : verdict(wakes_per_s >= target);
  const wanted = target === undefined ? '' : `≥ ${millions(target)} /s`;
  return [
    [
      `whole loop, ${name}, ${whole(accounts)} accounts, ${to_s} s: turns of agents`,
      `${millions(wakes_per_s)} /s`,
      wanted,
      met,
    ],
    ['– order instructions (arriving orders and cancels)', `${millions(instructions_per_s)} /s`, '', ''],
    ["– all events (agents' turns, arriving orders, marks)", `${millions(events_per_s)} /s`, '', ''],
  ];
}

function labRows({ quick, lab }: BenchReport): Row[] {
  const { aggregation, workers } = lab;
  const [one, two] = workers.runs_per_s;
  return [
    atMost(
      `summing up ${whole(aggregation.runs)} runs of the default market`,
      aggregation.seconds,
      (value) => `${value.toFixed(2)} s`,
      quick ? undefined : 5,
    ),
    atMost('– the process that does it, at its largest', aggregation.peak_rss_bytes, megabytes, 300e6),
    [
      `runs of the default market on one worker and on two, ${whole(workers.runs)} at a time`,
      `${one.toFixed(1)} and ${two.toFixed(1)} /s: ${workers.ratio.toFixed(2)} times`,
      quick ? '' : '≥ 1.9 times',
      quick ? '' : verdict(workers.ratio >= 1.9),
    ],
  ];
}

function scalingRows(name: string, { results, ratio }: Scaling, target: number | undefined): Row[] {
  const most = results.at(-1)!.accounts;
  const least = results[0]!.accounts;
  return [
    ...results.map(({ accounts, ns_per_event, fills, wakes }): Row => [
      `${whole(accounts)} leveraged accounts ${name}`,
      `${ns_per_event.toFixed(0)} ns/event (${whole(wakes)} turns, ${whole(fills)} fills)`,
      '',
      '',
    ]),
    atMost(
      `– ratio of ${whole(most)} to ${whole(least)}`,
      ratio,
      (value) => value.toFixed(2),
      most >= 1_000_000 ? target : undefined,
    ),
  ];
}

function atMost(
  what: string,
  value: number,
  format: (value: number) => string,
  target: number | undefined,
): Row {
  if (target === undefined) return [what, format(value), '', ''];
  return [what, format(value), `≤ ${format(target)}`, verdict(value <= target)];
}

function verdict(met: boolean): string {
  return met ? 'met' : 'NOT MET';
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function millions(value: number): string {
  return `${(value / 1e6).toFixed(2)} M`;
}

function megabytes(value: number): string {
  return `${(value / 1e6).toFixed(1)} MB`;
}

function bytes(value: number): string {
  return `${value.toFixed(3)} bytes/event`;
}
