import { type Finding, hasErrors } from '../diagnostics/finding.ts';
import { DEFAULT_SETS } from '../model/default-sets.ts';
import { DEFAULTS } from '../model/defaults.ts';
import type { Json } from '../model/kubernetes.ts';
import { naturally } from '../model/order.ts';
import type { Plan, State } from '../model/plan.ts';
import type { RolloutSpec } from '../model/rollout.ts';
import { wholeOf } from '../traffic/share.ts';
import { autoscaledOf, checkLayers, checkPools } from './autoscale.ts';
import { checkCapacity } from './capacity.ts';
import { checkCurrent, checkOptions, checkReferences, namedVersions } from './check-references.ts';
import { checkCluster } from './cluster.ts';
import { checkFileReferences } from './config.ts';
import type { Flat } from './environments.ts';
import { type ExpandedStep, expandSteps } from './expand.ts';
import { checkFeatures, checkRewrite, finenessOf, type Offer } from './features.ts';
import { buildHops } from './hops.ts';
import { checkSecrets } from './literal-secrets.ts';
import { checkHostNeeded, checkRetryReasons } from './offer-checks.ts';
import type { Pinning } from './pinning.ts';
import { ratioSizing } from './ratio.ts';
import type { Report } from './report.ts';
import { planPorts, planRoute } from './route.ts';
import { type RuleScope, ruleOf, stepRules } from './rules.ts';
import { checkServices } from './services.ts';
import { checkShadowed } from './shadowed.ts';
import { fullStrengths, weightSizing } from './sizing.ts';
import { buildStates, type States } from './states.ts';
import { checkSticky } from './sticky.ts';
import { lifetimes, type TapeStep } from './tape.ts';
import { type Counting, checkAutoscaled, checkTemplates } from './template-checks.ts';
import { templatePlanner } from './template-planner.ts';
import { NO_TEMPLATES, type Templates } from './templates.ts';
import { planVersions } from './versions.ts';
import { pauseOf } from './workload.ts';

/** A plan, and everything that is wrong with it; with an error among the findings there is no plan. */
export interface Planned {
  readonly plan?: Plan;
  readonly findings: readonly Finding[];
}

/** Decides every state and hop of a Rollout in one environment. `offers` are all providers; the Rollout names one of them. Findings point into the plain Rollout. */
export function planRollout(
  flat: Flat,
  offers: readonly Offer[],
  pinning: Pinning = { sets: DEFAULT_SETS },
  templates: Templates = NO_TEMPLATES,
): Planned {
  const { rollout } = flat;
  const findings: Finding[] = [];
  const report: Report = finding => findings.push(finding);
  const { spec } = rollout;
  const offer = offers.find(o => o.name === spec.provider);
  if (offer === undefined) throw new Error(`no provider ${spec.provider}: the schema lets only known ones through`);
  const stable = spec.stable ?? Object.keys(spec.versions)[0]!;
  const versions = Object.keys(spec.versions);
  const expanded = expandSteps(spec.steps ?? [], versions.includes(stable) ? stable : '', { versions, report });
  const steps = planSteps(expanded, spec, offer, report);
  checkReferences({ rollout, stable, expanded }, report);
  checkFeatures(spec, offer, offers, report);
  checkRetryReasons(spec, offer, offers, report);
  checkHostNeeded(spec, offer, report);
  checkRewrite(spec, report);
  checkOptions(rollout, offers, report);
  checkLayers(spec, report);
  checkSticky(spec, { steps, stable }, report);
  checkSecrets(rollout, report);
  const draft = draftPlan({ flat, offer, pinning, templates, report });
  checkCluster(flat, draft.versions, offer.capabilities.ownsWorkloads, report);
  checkFileReferences(draft, report);
  checkServices(draft, report);
  if (offer.capabilities.splitBy === 'replicas')
    checkPools({ spec, steps, stable, versions: draft.versions, provider: offer.name }, report);
  // A template with mistakes of its own has its findings already, and no version.
  if (hasErrors(findings) || draft.versions.length < versions.length) return { findings };
  const states = planStates({ spec, offer, stable, steps, draft, report });
  const all = [...states.main, ...states.aborts];
  checkTemplates(draft, report);
  checkAutoscaled(draft, countingOf(all, offer, spec), report);
  if (!hasErrors(findings))
    checkCapacity({ spec, offer: offer.capabilities, versions: draft.versions, states: all, steps }, report);
  checkCurrent(
    all.map(state => state.name),
    spec,
    flat.written,
    report,
  );
  if (hasErrors(findings)) return { findings };
  const hops = buildHops(states, offer.capabilities);
  return {
    plan: { ...draft, states: all, hops, current: spec.step ?? 'baseline' },
    findings,
  };
}

/** Everything of a plan that does not change along the tape. */
type Draft = Omit<Plan, 'states' | 'hops' | 'current'>;

interface DraftScope {
  readonly flat: Flat;
  readonly offer: Offer;
  readonly pinning: Pinning;
  readonly templates: Templates;
  readonly report: Report;
}

function draftPlan({ flat, offer, pinning, templates, report }: DraftScope): Draft {
  const { rollout, environment, cluster, prometheus } = flat;
  const { metadata, spec } = rollout;
  const { name, namespace = DEFAULTS.namespace, labels } = metadata;
  const ports = planPorts(spec.ports, report);
  return {
    rollout: name,
    namespace,
    ...(labels === undefined ? {} : { labels }),
    environment,
    cluster,
    ...(prometheus === undefined ? {} : { prometheus }),
    provider: offer.name,
    options: (spec[offer.name] ?? {}) as { readonly [key: string]: Json },
    ports,
    route: planRoute(spec, { name, namespace }, offer.capabilities, report),
    versions: planVersions(spec, {
      ports,
      pinning,
      report,
      rollout: name,
      isOfFleet: path => flat.written({ path }).file !== undefined,
      fromTemplate: templatePlanner(flat, templates),
    }),
  };
}

function planSteps(
  expanded: readonly ExpandedStep[],
  spec: RolloutSpec,
  { capabilities }: Offer,
  report: Report,
): readonly TapeStep[] {
  const rules = spec.rules ?? {};
  const scope: RuleScope = {
    versions: Object.keys(spec.versions),
    rules,
    routePath: spec.route?.path ?? DEFAULTS.path,
    fineness: finenessOf(capabilities),
    report,
  };
  for (const [name, rule] of Object.entries(rules)) ruleOf(name, rule, ['spec', 'rules', name], scope);
  checkShadowed(expanded, scope);
  return expanded.map(entry => {
    const pause = pauseOf(entry.step.pause);
    return {
      name: entry.step.name,
      rules: stepRules(entry, scope),
      named: [...namedVersions(entry, rules)].sort(naturally),
      ...(pause === undefined ? {} : { pause }),
      origin: entry.origin,
      trafficAt: entry.writtenAt('traffic'),
    };
  });
}

const countingOf = (states: readonly State[], { name, capabilities }: Offer, { surge }: RolloutSpec): Counting => ({
  provider: name,
  byReplicas:
    capabilities.splitBy === 'replicas' && states.some(({ rules }) => wholeOf(rules.at(-1)!.split) === undefined),
  gradual: surge === 'gradual',
});

interface StateScope {
  readonly spec: RolloutSpec;
  readonly offer: Offer;
  readonly stable: string;
  readonly steps: readonly TapeStep[];
  readonly draft: Draft;
  readonly report: Report;
}

function planStates({ spec, offer, stable, steps, draft, report }: StateScope): States {
  const full = fullStrengths(draft.versions, offer.capabilities);
  const sizing =
    offer.capabilities.splitBy === 'replicas'
      ? ratioSizing({
          steps,
          stable: lifetimes(steps, stable).stable,
          full,
          report,
        })
      : weightSizing(steps, full, spec.surge ?? DEFAULTS.surge, autoscaledOf(draft.versions));
  return buildStates({
    steps,
    stable,
    routePath: spec.route?.path ?? DEFAULTS.path,
    full,
    sizing,
    heldByVersions: offer.capabilities.splitHeldBy === 'versions',
  });
}
