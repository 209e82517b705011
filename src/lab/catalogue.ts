/** The catalogue that the command line prints: plug-ins, and the kinds of trader. */
import { agentKinds } from '../models/agent-kinds.ts';
import { presets } from '../experiment/presets.ts';
import type { CatalogueEntry, CatalogueSection } from '../sim/catalogue.ts';
import { plugInCatalogue } from '../sim/catalogue.ts';

/** A kind of trader: also its source, and the names of what it remembers. */
export interface KindEntry extends CatalogueEntry {
  readonly source: string | undefined;
  readonly state: readonly string[];
}

export function listAgents(): KindEntry[] {
  return agentKinds.all.map((kind) => ({
    name: kind.kind,
    about: kind.about + (kind.margined === true ? ' Must meet margin requirements.' : ''),
    source: kind.source,
    state: Object.keys(kind.state ?? {}),
    settings: Object.entries(kind.params).map(([name, { value, unit, about }]) => ({
      name,
      default: value,
      unit,
      about,
    })),
  }));
}

export function listPolicies(): CatalogueSection[] {
  const entries = presets().map(({ name, about }) => ({ name, about, settings: [] }));
  return [{ title: 'Presets: whole venues (policies.NAME.preset)', entries }, ...plugInCatalogue()];
}
