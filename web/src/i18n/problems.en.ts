/** What went wrong, in English; see problems.th.ts. */
import type { problemsTh } from './problems.th';

export const problemsEn: Record<keyof typeof problemsTh, string> = {
  'problem.0': 'The system cannot be reached. Please check the network and try again.',
  'problem.400': 'The data sent are not valid.',
  'problem.401': 'Your session has ended. Please sign in again.',
  'problem.403': 'You may not do this.',
  'problem.404': 'Not found, or you have no access.',
  'problem.409': 'The state has changed, so this cannot be done.',
  'problem.413': 'The data are too large.',
  'problem.429': 'Too many requests. Please wait a moment.',
  'problem.500': 'The system has failed. Please try again later.',
  'problem.503': 'The system is busy. Please try again in a moment.',
  'problem.unexpected': 'Something unexpected went wrong.',
  'problem.stale-revision': 'The data have changed. Please check the latest state.',
  'problem.control-point-unsatisfied': 'A control point is not satisfied.',
  'problem.form-invalid': 'The form is not valid yet.',
  'problem.already-exists': 'This exists already.',
  'problem.provider-refused': 'The identity provider did not confirm this sign-in. Please try again.',
  'problem.provider-unreachable': 'The identity provider does not answer. Please try again later.',
  'problem.name-taken': 'Another account here has this user name already. Please ask an administrator.',
  'field.invalid': 'This value is not valid.',
  'field.required': 'Please fill in this field.',
  'field.unknown-field': 'The form has no such field.',
};
