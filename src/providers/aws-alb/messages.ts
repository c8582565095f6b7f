import { rule } from '../../diagnostics/rule.ts';
import { quote } from '../../diagnostics/wording.ts';

export const letters = rule<{ header: string; value: string }>('aws-alb/letters-in-header', {
  what: p => `The header ${quote(p.header)} is compared with ${quote(p.value)}, which holds letters.`,
  why: 'An ALB compares values of headers without regard to upper and lower case, so others would match too.',
  fix: p => `Let the callers send a value without letters, and write it here: \`${p.header}: "1"\`.`,
});
export const character = rule<{ what: string; value: string; character: string }>('aws-alb/character', {
  what: p => `${p.what} ${quote(p.value)} holds the character ${quote(p.character)}.`,
  why: 'An ALB takes it for a wildcard or refuses it, and has no way to write the character itself.',
  fix: 'Match a text without it, or a prefix that ends before it.',
});
export const tooLong = rule<{ what: string; value: string; most: number }>('aws-alb/too-long', {
  what: p => `${p.what} ${quote(p.value)} has more than ${p.most} characters.`,
  why: 'An ALB refuses a rule that compares a longer one, and the controller then leaves all rules as they were.',
  fix: 'Write a shorter one, such as a prefix.',
});
export const tooMany = rule<{ count: number; most: number }>('aws-alb/too-many-conditions', {
  what: p => `One match compares ${p.count} values, the host and the path among them.`,
  why: p => `An ALB compares ${p.most} values in a rule at most.`,
  fix: 'Remove a condition; one header that only the wanted callers send is enough.',
});
export const tooManyVersions = rule<{ count: number; most: number }>('aws-alb/too-many-versions', {
  what: p => `${p.count} versions share the requests.`,
  why: p => `An ALB takes ${p.most} target groups in a rule at most.`,
  fix: p => `Split the requests between ${p.most} versions or fewer.`,
});
export const badHost = rule<{ host: string }>('aws-alb/host', {
  what: p => `${quote(p.host)} is no host that an ALB can look for.`,
  why: 'It needs a name of at most 128 characters with a dot, and letters behind the last one.',
  fix: 'Write a full name such as `shop.example.com` or `*.example.com`; without `hosts` the route is for every host.',
});
export const hostHeader = rule<undefined>('aws-alb/host-header', {
  what: () => 'A rule matches the header "host".',
  why: 'An ALB does not compare it as a header.',
  fix: 'List the hosts of the service in route.hosts; give another host a Rollout of its own.',
});
export const needsHttps = rule<undefined>('aws-alb/grpc-needs-https', {
  what: () => 'The port speaks gRPC, and the load balancer listens by plain HTTP.',
  why: 'An ALB takes gRPC at HTTPS listeners only.',
  fix: 'Set `listenPorts: [{ protocol: HTTPS, port: 443 }]` under `aws-alb`.',
});

/** Every mistake that only the ALB knows. */
export const albMessages = [
  ...[letters, character, tooLong, tooMany, tooManyVersions, badHost, hostHeader, needsHttps],
] as const;
