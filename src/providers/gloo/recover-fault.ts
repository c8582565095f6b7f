import type { Draft, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, show, strange, wholeOf } from '../../model/reading.ts';
import type { Fault } from '../../model/traffic.ts';
import { durationOf, percentOf } from './recover-values.ts';

const FAULTS = new Set(['delay', 'abort']);

/** Failures put in on purpose; a part that hits nobody is left out. */
export function faultOf(spot: Spot, tree: Tree): Fault | undefined {
  const fields = fieldsOf(spot, tree, FAULTS);
  const fault: Draft<Fault> = {};
  const delay = delayOf(into(spot, '.delay'), fields.delay);
  const abort = abortOf(into(spot, '.abort'), fields.abort);
  if (delay !== undefined) fault.delay = delay;
  if (abort !== undefined) fault.abort = abort;
  return delay === undefined && abort === undefined ? undefined : fault;
}

const DELAY = new Set(['percentage', 'fixedDelay']);

/** Gloo looks at the whole seconds of a delay and refuses the route where there are none. */
function delayOf(spot: Spot, tree: Tree): Fault['delay'] {
  if (tree === undefined) return undefined;
  const { percentage, fixedDelay } = fieldsOf(spot, tree, DELAY);
  const duration = durationOf(into(spot, '.fixedDelay'), fixedDelay) ?? 0;
  const share = percentOf(into(spot, '.percentage'), percentage);
  if (duration < 1000) strange(spot, 'Gloo refuses a delay of less than a second');
  return share === 0 ? undefined : { duration, share };
}

const ABORT = new Set(['percentage', 'httpStatus']);

function abortOf(spot: Spot, tree: Tree): Fault['abort'] {
  if (tree === undefined) return undefined;
  const { percentage, httpStatus } = fieldsOf(spot, tree, ABORT);
  const status = wholeOf(into(spot, '.httpStatus'), httpStatus) ?? 0;
  const share = percentOf(into(spot, '.percentage'), percentage);
  if (status < 200 || status >= 600) strange(spot, `${show(httpStatus)} is no HTTP status`);
  return share === 0 ? undefined : { status, share };
}
