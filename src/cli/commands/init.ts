import { type Adopted, adoptDeployment } from '../../adopt/deployment.ts';
import { readDocuments } from '../../adopt/documents.ts';
import { ANSWERS, type Answer, REQUIRED } from '../../adopt/draft.ts';
import type { Wrong } from '../../adopt/settle.ts';
import { quote } from '../../diagnostics/wording.ts';
import { readOne } from '../../host/read-one.ts';
import { type SchemaHome, schemaHome } from '../../host/schema-home.ts';
import { obstacleOf, writeNew } from '../../host/write-new.ts';
import { visible } from '../../layout/visible.ts';
import type { Compiled, Source } from '../../model/compiled.ts';
import { type Attempt, answersOf, attemptOf, refusalOf, requiredOf, wrongAnswers } from '../init-draft.ts';
import { tellLeft } from '../init-left.ts';
import { type Answers, askFor, type Terminal } from '../init-questions.ts';
import type { Settings } from '../settings.ts';
import { tellReport } from '../tell-report.ts';
import { type ExitCode, print, tell, tellUsage } from '../terminal.ts';

export interface InitRequest {
  /** What flags say. */
  readonly answers: Answers;
  /** A file with a Deployment; absent: none. */
  readonly from?: string | undefined;
  readonly dryRun: boolean;
  /** Absent: nobody can be asked. */
  readonly terminal?: Terminal | undefined;
}

/** Writes a first Rollout, from flags, a Deployment, or what a person answers. */
export async function init(
  { answers, from, dryRun, terminal }: InitRequest,
  settings: Settings,
  compile: (source: Source) => Compiled,
): Promise<ExitCode> {
  const { root } = settings;
  const adopted = from === undefined ? undefined : await adopt(root, from, answers);
  if (typeof adopted === 'string') return tellUsage([`--from ${quote(from ?? '')}: ${visible(adopted)}`], 'init');
  const attempt: Attempt = { adopted, home: schemaHome(root), compile };
  const known = { ...answersOf(adopted), ...answers };
  const complete = await completed(known, attempt, terminal);
  if (complete === undefined) return tellUsage(['the questions were left unanswered; nothing is written.'], 'init');
  const wrong = wrongAnswers(complete, attempt);
  if (wrong.length > 0) return tellUsage(wrong, 'init');
  const settled = attemptOf(complete, attempt);
  if (settled.wrong.length > 0) return tellErrors(settled.wrong, settings);
  if (adopted !== undefined) tellLeft([...adopted.left, ...settled.left], adopted, settled.draft);
  if (dryRun) {
    print(settled.text);
    return 0;
  }
  return write(`rollouts/${complete.name}.yaml`, settled.text, attempt.home, root);
}

/** Where a needed answer is missing, a person is asked for all that is not known. */
async function completed(
  known: Answers,
  attempt: Attempt,
  terminal: Terminal | undefined,
): Promise<Answers | undefined> {
  if (terminal === undefined || requiredOf(known).every(answer => known[answer] !== undefined)) return known;
  // what a Deployment does not say of itself it leaves to the defaults
  const open: readonly Answer[] = attempt.adopted === undefined ? ANSWERS : [...REQUIRED, 'host', 'new-image'];
  return askFor(known, open, (answers, last) => refusalOf(answers, last, attempt), terminal);
}

async function adopt(root: string, from: string, { name, port }: Answers): Promise<Adopted | string> {
  const read = await readOne(root, from);
  if ('wrong' in read) return read.wrong;
  const yaml = readDocuments(read.text);
  if ('wrong' in yaml) return `${yaml.wrong}.`;
  const adopted = adoptDeployment(yaml.documents, {
    ...(name === undefined ? {} : { name }),
    ...(port === undefined ? {} : { port: Number(port) }),
  });
  return typeof adopted === 'string' ? `${adopted}.` : adopted;
}

function tellErrors(wrong: readonly Wrong[], settings: Settings): ExitCode {
  tellReport({ diagnostics: wrong.map(one => one.diagnostic), findings: [], closing: [], facts: {} }, settings);
  return 1;
}

async function write(file: string, text: string, home: SchemaHome, root: string): Promise<ExitCode> {
  const obstacles = [file, ...(home.isNew ? [home.path] : [])].flatMap(path => {
    const obstacle = obstacleOf(root, path);
    return obstacle === undefined ? [] : [`${path} ${obstacle}.`];
  });
  if (obstacles.length > 0) return tellUsage(obstacles, 'init');
  const refused = writeNew(root, file, text);
  if (refused !== undefined) return tellUsage([`${file} ${refused}.`], 'init');
  tell(`${file} written\n`);
  const written = [file];
  if (home.isNew) {
    const { default: schema } = await import('../../../schemas/rollout.schema.json', { with: { type: 'json' } });
    const obstacle = writeNew(root, home.path, `${JSON.stringify(schema, null, 2)}\n`);
    tell(`${home.path} ${obstacle ?? 'written: editors check Rollouts with it'}\n`);
    if (obstacle === undefined) written.push(home.path);
  }
  tell(`next: surefoot plan ${file}    see every state\n      surefoot synth    write the manifests to out/\n`);
  tell(`      git add ${written.join(' ')} out\n`);
  return 0;
}
