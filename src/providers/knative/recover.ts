import type { KubeObject } from '../../model/kubernetes.ts';
import { strange, whereOf } from '../../model/reading.ts';
import type { Pods, Recovered } from '../../model/recovered.ts';
import { recoverRoute } from './recover-route.ts';
import { recoverService } from './recover-service.ts';
import { servingOf } from './recover-serving.ts';

/**
 * Reads Knative Services, or Routes with their Configurations, back: whole percents that total 100.
 * Knative keeps the pods itself, so no other object counts. https://knative.dev/docs/serving/traffic-management/
 */
export function recover(objects: readonly KubeObject[], _pods: readonly Pods[]): Recovered {
  const serving = servingOf(objects);
  const doors = [...serving.services.values(), ...serving.routes.values()];
  for (const extra of doors.slice(1)) {
    strange(extra.spot, `${whereOf(doors[0]!.spot)} says already where requests go`);
  }
  const [service] = serving.services.values();
  if (service !== undefined) return recoverService(service, serving.problems);
  const [route] = serving.routes.values();
  return route === undefined ? nothing(serving.problems) : recoverRoute(route, serving);
}

const nothing = (problems: readonly string[]): Recovered => ({
  hosts: [],
  gateways: [],
  ports: [],
  rules: [],
  addresses: [],
  policies: {},
  problems,
});
