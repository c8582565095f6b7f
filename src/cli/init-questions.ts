import { createInterface } from 'node:readline/promises';
import type { Answer } from '../adopt/draft.ts';
import { offerFacts, PROVIDER_NAMES } from '../offers.ts';

/** Answers as typed. */
export type Answers = { readonly [answer in Answer]?: string };

/** A person at a terminal. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

interface Question {
  readonly answer: Answer;
  readonly text: string;
  /** What an empty line means; absent: nothing, and the question is asked again where an answer is needed. */
  readonly usual?: string;
  readonly optional?: true;
}

const QUESTIONS: readonly Question[] = [
  { answer: 'name', text: 'Name of the service that clients call' },
  { answer: 'namespace', text: 'Namespace', usual: 'default' },
  { answer: 'provider', text: `What routes the traffic: ${PROVIDER_NAMES.join(', ')}`, usual: 'kubernetes' },
  { answer: 'host', text: 'Host that clients call from outside (empty: none)', optional: true },
  { answer: 'image', text: 'Image that runs now, with its tag' },
  { answer: 'new-image', text: 'Image to release next (empty: none yet)', optional: true },
  { answer: 'replicas', text: 'Pods that carry all of the traffic', usual: '2' },
  { answer: 'port', text: 'Port that the container listens on', usual: '8080' },
];

/** Asks for those of `open` that are not answered yet, again where `refusal` says what is wrong. Undefined: the person went away. */
export async function askFor(
  given: Answers,
  open: readonly Answer[],
  refusal: (answers: Answers, last: Answer) => string | undefined,
  { input, output }: Terminal,
): Promise<Answers | undefined> {
  const reader = createInterface({ input, output });
  // unlike a question, it keeps lines that were pasted together
  const lines = reader[Symbol.asyncIterator]();
  const ask = async (question: Question): Promise<string | undefined> => {
    reader.setPrompt(promptOf(question));
    reader.prompt();
    const { done, value } = await lines.next();
    return done ? undefined : value.trim();
  };
  let answers = given;
  for (const question of QUESTIONS.filter(({ answer }) => open.includes(answer) && given[answer] === undefined)) {
    const { answer, usual } = question;
    const optional = question.optional === true && !(answer === 'host' && hostsOf(answers) === 'needed');
    if (answer === 'host' && hostsOf(answers) === 'none') continue;
    for (;;) {
      const line = await ask(question);
      if (line === undefined) return undefined;
      const text = line === '' ? usual : line;
      if (text === undefined && optional) break;
      const wrong = text === undefined ? 'An answer is needed.' : refusal({ ...answers, [answer]: text }, answer);
      if (wrong === undefined) {
        answers = { ...answers, [answer]: text };
        break;
      }
      output.write(`  ${wrong}\n`);
    }
  }
  reader.close();
  return answers;
}

const hostsOf = ({ provider }: Answers) => (provider === undefined ? 'some' : offerFacts(provider).hosts);

const promptOf = ({ text, usual }: Question): string => `${text}${usual === undefined ? '' : ` [${usual}]`}: `;
