import type { Draft, Fields, Spot, Tree } from '../../model/reading.ts';
import { fieldsOf, into, show, strange, wholeOf } from '../../model/reading.ts';
import type { Fault, Share } from '../../model/traffic.ts';
import { durationOf, percentOf } from './recover-values.ts';

const FAULT = new Set(['delay', 'abort']);

/** Failures put in on purpose; a part that hits nobody is left out. */
export function faultOf(spot: Spot, tree: Tree): Fault | undefined {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, FAULT);
  if (fields.delay === undefined && fields.abort === undefined)
    strange(spot, 'Istio refuses a fault that does nothing');
  const fault: Draft<Fault> = {};
  const delay = delayOf(into(spot, '.delay'), fields.delay);
  const abort = abortOf(into(spot, '.abort'), fields.abort);
  if (delay !== undefined) fault.delay = delay;
  if (abort !== undefined) fault.abort = abort;
  return delay === undefined && abort === undefined ? undefined : fault;
}

const DELAY = new Set(['percentage', 'fixedDelay']);

function delayOf(spot: Spot, tree: Tree): Fault['delay'] {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, DELAY);
  const duration = durationOf(into(spot, '.fixedDelay'), fields.fixedDelay);
  const share = shareOf(spot, fields);
  if (duration === undefined) strange(spot, 'it has no fixedDelay');
  return duration === undefined || share === 0 ? undefined : { duration, share };
}

const ABORT = new Set(['percentage', 'httpStatus']);

function abortOf(spot: Spot, tree: Tree): Fault['abort'] {
  if (tree === undefined) return undefined;
  const fields = fieldsOf(spot, tree, ABORT);
  const status = wholeOf(into(spot, '.httpStatus'), fields.httpStatus);
  const share = shareOf(spot, fields);
  if (status === undefined || status < 200 || status > 600)
    strange(spot, `${show(fields.httpStatus)} is no HTTP status`);
  return status === undefined || share === 0 ? undefined : { status, share };
}

function shareOf(spot: Spot, fields: Fields): Share {
  const share = percentOf(into(spot, '.percentage'), fields.percentage);
  if (share === undefined) strange(spot, 'without a percentage it never happens');
  return share ?? 0;
}
