import { addressedByService } from '../expect-services.ts';

/** Running versions with a Service of ours to themselves. */
export const addressed = addressedByService;
