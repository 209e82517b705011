/** All kinds of trader: those of the folder agents/, and those that an experiment's plug-ins add. */
import { agents } from '../../agents/index.ts';
import { Registry } from '../core/registry.ts';
import type { AgentKind } from '../sim/agent/agent.ts';
import { checkKinds } from '../sim/agent/check.ts';

checkKinds(agents);
export const agentKinds = new Registry<AgentKind>('kind of trader', ({ kind }) => kind, agents);
