/** What the form viewer hands to a field's component. */
import type { ComponentChild } from 'preact';
import type { Component } from './schema';

export interface FieldProps {
  field: Component & {
    subtype?: string;
    description?: string;
    validate?: { required?: boolean };
    disallowPassedDates?: boolean;
    searchable?: boolean;
  };
  value: unknown;
  errors?: string[];
  domId: string;
  disabled: boolean;
  readonly: boolean;
  onChange: (update: { field: unknown; value: unknown }) => void;
  onBlur?: () => void;
  onFocus?: () => void;
}

export type FieldComponent = ((props: FieldProps) => ComponentChild) & { config: object };

/** A module for the form viewer that draws a type of field with our component. */
export function fieldModule(name: string, type: string, component: FieldComponent) {
  function Register(formFields: { register: (type: string, component: FieldComponent) => void }) {
    formFields.register(type, component);
  }
  Register.$inject = ['formFields'];
  return { __init__: [name], [name]: ['type', Register] };
}
