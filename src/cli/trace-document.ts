import { printDuration } from '../model/duration.ts';
import type { Json } from '../model/kubernetes.ts';
import type { Retries } from '../model/plan.ts';
import type { Answer, AnswerPortion } from '../review/answer.ts';
import type { Request } from '../traffic/evaluate.ts';
import { faultDocument, matchDocument } from './plan-document.ts';
import type { TracedRollout } from './trace-table.ts';

/** What becomes of a request, in the words of a Rollout. */
export const traceDocument = (request: Request, { source, plan, answers }: TracedRollout): Json => ({
  request: { ...request },
  source,
  rollout: plan.rollout,
  namespace: plan.namespace,
  environment: plan.environment,
  provider: plan.provider,
  step: plan.current,
  states: answers.map(answerDocument),
});

function answerDocument(answer: Answer): Json {
  if (answer.rule === null) return { ...answer };
  const { state, rule, matches, split, mirror, fault, timeout, retries, rewrite } = answer;
  return {
    state,
    rule,
    matches: matches.map(matchDocument),
    split: split.map(portionDocument),
    mirror: mirror.map(portionDocument),
    ...(fault === undefined ? {} : { fault: faultDocument(fault) }),
    ...(timeout === undefined ? {} : { timeout: printDuration(timeout) }),
    ...(retries === undefined ? {} : { retries: retriesDocument(retries) }),
    ...(rewrite === undefined ? {} : { rewrite }),
  };
}

const portionDocument = (portion: AnswerPortion): Json =>
  'missing' in portion
    ? { missing: portion.missing, percent: portion.share / 100 }
    : {
        version: portion.version,
        percent: portion.share / 100,
        ...(portion.pods === undefined ? {} : { pods: portion.pods }),
        ...(portion.timeout === undefined ? {} : { timeout: printDuration(portion.timeout) }),
      };

const retriesDocument = ({ attempts, perTryTimeout, retryOn }: Retries): Json => ({
  attempts,
  ...(perTryTimeout === undefined ? {} : { perTryTimeout: printDuration(perTryTimeout) }),
  retryOn,
});
