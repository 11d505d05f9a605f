/** How people sign in here, as it is configured. */
import { get } from './client';
import type { components } from './generated';

type Schemas = components['schemas'];
export type SignInSettings = Schemas['SignInSettings'];
export type ProviderSettings = Schemas['ProviderSettings'];
export type ClaimMeaning = Schemas['ClaimMeaning'];

export const signInSettings = (signal?: AbortSignal) => get<SignInSettings>('/sign-in-settings', signal);
