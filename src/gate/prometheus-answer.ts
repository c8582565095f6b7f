import { mapOf, parseJson } from './json-map.ts';

/** One number of Prometheus, none where there is no such series or it is no number, or why the answer does not count. */
export type PrometheusAnswer = { readonly value?: number } | { readonly wrong: string };

/** Reads what `/api/v1/query` answers. https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries */
export function readPrometheusAnswer(text: string): PrometheusAnswer {
  const answer = mapOf(parseJson(text));
  const { resultType, result } = mapOf(answer['data']);
  if (answer['status'] !== 'success' || resultType !== 'vector' || !Array.isArray(result))
    return { wrong: 'it does not answer as a Prometheus does' };
  // Where only some of several stores answered, a sum is too small.
  if (Array.isArray(answer['warnings']) && answer['warnings'].length > 0)
    return { wrong: 'its answer is not complete' };
  if (result.length > 1) return { wrong: 'it gives several numbers where one was asked for' };
  const { value } = mapOf(result[0]);
  const number = Array.isArray(value) && typeof value[1] === 'string' ? Number(value[1]) : Number.NaN;
  return Number.isFinite(number) ? { value: number } : {};
}
