/** FEEL for who writes it: its functions, and where a text is wrong. */
import { get, post } from './client';
import type { components } from './generated';

type Schemas = components['schemas'];
export type FeelFunction = Schemas['ExpressionFunction'];
export type FeelRead = Schemas['ExpressionRead'];
export type FeelFault = NonNullable<FeelRead['fault']>;

let known: Promise<FeelFunction[]> | null = null;

/** The built-in functions, asked for once; after a failure again. */
export function feelFunctions(): Promise<FeelFunction[]> {
  known ??= get<{ functions: FeelFunction[] }>('/expressions/functions').then(
    ({ functions }) => functions,
    (error: unknown) => {
      known = null;
      throw error;
    },
  );
  return known;
}

/** `names` are the variables that have blanks or operators in them. */
export function checkExpression(expression: string, names: readonly string[], signal?: AbortSignal): Promise<FeelRead> {
  return post('/expressions/check', { expression, names }, signal);
}
