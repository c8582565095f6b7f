import { byPlace, type Diagnostic } from './diagnostics/diagnostic.ts';
import type { Finding } from './diagnostics/finding.ts';
import { draw } from './draw.ts';
import { layOut } from './layout/lay-out.ts';
import type { Compiled, Source } from './model/compiled.ts';
import { planRollout } from './plan/plan-rollout.ts';
import { PROVIDERS, providerNamed } from './providers/registry.ts';
import { placeFindings } from './read/place.ts';
import { readRollout } from './read/read-rollout.ts';
import { rolloutSchema } from './read/schema/rollout-schema.ts';

/**
 * One rollout from its text to its files: pure, complete, plain data in and out. A rollout with an error has
 * diagnostics and no result; nothing is ever thrown for what a person wrote.
 */
export function compile(source: Source): Compiled {
  const { rollout, findings, locate } = readRollout(source.text, schema);
  const place = (all: readonly Finding[]): readonly Diagnostic[] =>
    distinct([...placeFindings(source.file, source.text, all, locate)].sort(byPlace));
  if (rollout === undefined || hasErrors(findings)) return { source: source.file, diagnostics: place(findings) };

  const planned = planRollout(rollout, PROVIDERS);
  const said = [...findings, ...planned.findings];
  const provider = providerNamed(rollout.spec.provider);
  if (planned.plan === undefined || provider === undefined) return { source: source.file, diagnostics: place(said) };

  const drawn = draw(planned.plan, provider);
  const all = [...said, ...drawn.findings];
  if (hasErrors(all)) return { source: source.file, diagnostics: place(all) };
  return {
    source: source.file,
    diagnostics: place(all),
    result: layOut(planned.plan, source.file, drawn),
  };
}

/** Asked for only where a file breaks it, to say what would have been legal. */
const schema = () => rolloutSchema(PROVIDERS);

const hasErrors = (findings: readonly Finding[]): boolean => findings.some(finding => finding.severity === 'error');

/** The same mistake at the same place once: a rule that three steps use is wrong once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const keys = diagnostics.map(d => `${d.file}:${d.line}:${d.column} ${d.code} ${d.what}`);
  return diagnostics.filter((_, index) => keys.indexOf(keys[index]!) === index);
}
