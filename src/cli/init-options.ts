import type { Command } from 'commander';

/** Describes `init` and its flags. */
export const initOptions = (command: Command): Command =>
  command
    .description('write a first Rollout below rollouts/, asking for what flags do not say')
    .option('--name <name>', 'the service that clients call')
    .option('--namespace <namespace>', 'its namespace')
    .option('--provider <provider>', 'what routes the traffic, such as kubernetes, istio or gateway-api')
    .option('--host <host>', 'the host that clients call from outside')
    .option('--image <image>', 'the image that runs now')
    .option('--new-image <image>', 'the image to release next')
    .option('--replicas <number>', 'pods that carry all of the traffic')
    .option('--port <number>', 'the port that the container listens on; clients call 80')
    .option('--from <file>', 'take over what a Deployment says; - reads standard input')
    .option('--dry-run', 'print the Rollout, write nothing');
