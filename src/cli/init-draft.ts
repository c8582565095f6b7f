import type { Adopted } from '../adopt/deployment.ts';
import type { Answer } from '../adopt/draft.ts';
import { ANSWERS, type Draft, REQUIRED } from '../adopt/draft.ts';
import { portsFor } from '../adopt/ports.ts';
import { type Settled, settle, type Wrong } from '../adopt/settle.ts';
import { sizeOf } from '../adopt/size.ts';
import { quote } from '../diagnostics/wording.ts';
import type { SchemaHome } from '../host/schema-home.ts';
import { visible } from '../layout/visible.ts';
import type { Compiled, Source } from '../model/compiled.ts';
import { offerFacts } from '../offers.ts';
import type { Answers } from './init-questions.ts';

/** What answers are made a Rollout with. */
export interface Attempt {
  /** Absent: nothing was taken over. */
  readonly adopted: Adopted | undefined;
  readonly home: SchemaHome;
  readonly compile: (source: Source) => Compiled;
}

/** Answers that a Deployment gives; its replicas and ports are taken as they are. */
export function answersOf(adopted: Adopted | undefined): Answers {
  const { name, namespace } = adopted?.identity ?? {};
  const image = adopted?.image;
  return {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(image === undefined ? {} : { image }),
  };
}

/** Stand for what is not answered yet, so that the answers that are there can be judged. */
const STAND_INS = { name: 'service', provider: 'kubernetes', image: 'example.com/image:1' };
const HOST = 'example.com';

/** The Rollout that answers make. */
export function attemptOf(given: Answers, { adopted, home, compile }: Attempt): Settled {
  const answers = { ...STAND_INS, ...given };
  const { namespace, replicas, port } = answers;
  const sized = sizeOf(answers.provider, replicas, adopted);
  const { hosts, severalPorts } = offerFacts(answers.provider);
  const host = answers.host ?? (hosts === 'needed' ? HOST : undefined);
  const served = portsFor(answers.provider, severalPorts, adopted?.ports ?? []);
  const ports = port === undefined ? served.ports : [{ name: 'http', port: 80, targetPort: Number(port) }];
  const draft: Draft = {
    name: answers.name,
    provider: answers.provider,
    image: answers.image,
    ...(host === undefined ? {} : { host }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(answers['new-image'] === undefined ? {} : { newImage: answers['new-image'] }),
    ...sized.size,
    ports,
    ...(adopted === undefined ? {} : { workload: { ...adopted.workload, ...sized.workload } }),
  };
  const typed = ANSWERS.filter(answer => given[answer] !== undefined);
  const settled = settle(draft, { compile, schema: `../${home.path}`, typed });
  return { ...settled, left: [...(port === undefined ? served.left : []), ...sized.left, ...settled.left] };
}

/** What is wrong with one answer beside the others, in the compiler's own words. */
export function refusalOf(answers: Answers, answer: Answer, attempt: Attempt): string | undefined {
  const text = answers[answer];
  if (NUMBERS.includes(answer) && text !== undefined && !/^\d{1,9}$/.test(text)) return 'This is no whole number.';
  const found = attemptOf(answers, attempt).wrong.find(one => one.answer === answer);
  return found === undefined ? undefined : wordsOf(found);
}

const NUMBERS: readonly Answer[] = ['replicas', 'port'];

/** Answers without which there is no Rollout for the provider. */
export const requiredOf = ({ provider }: Answers): readonly Answer[] =>
  provider !== undefined && offerFacts(provider).hosts === 'needed' ? [...REQUIRED, 'host'] : REQUIRED;

/** Every flag that is missing, and every one that is wrong: each by itself, so that one mistake hides no other. */
export function wrongAnswers(given: Answers, attempt: Attempt): readonly string[] {
  const missing = requiredOf(given)
    .filter(answer => given[answer] === undefined)
    .map(answer => `--${answer}`);
  const alone = ANSWERS.flatMap(answer => {
    const text = given[answer];
    const refusal =
      text === undefined
        ? undefined
        : refusalOf({ ...around(given, answer), [answer]: text }, answer, { ...attempt, adopted: undefined });
    return refusal === undefined || text === undefined ? [] : [`--${answer} ${quote(text)}: ${refusal}`];
  });
  const lacking =
    missing.length === 0 ? [] : [`missing: ${missing.join(', ')}; without a terminal nobody can be asked.`];
  return [...lacking, ...alone];
}

/** A host is judged beside its provider. */
const around = ({ provider }: Answers, answer: Answer): Answers =>
  answer === 'host' && provider !== undefined ? { provider } : {};

/** An error as one line. */
export const wordsOf = ({ diagnostic: { what, fix } }: Wrong): string => visible(`${what} ${fix}`);
