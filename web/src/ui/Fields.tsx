import { FieldError, Input, Label, Text, TextArea, TextField, type TextFieldProps } from 'react-aria-components';

interface Props extends Omit<TextFieldProps, 'className' | 'children'> {
  label: string;
  hint?: string | undefined;
  multiline?: boolean;
  error?: string | null;
}

/** A labelled text field with hint and error, joined to the input for screen readers. */
export function TextInput({ label, hint, multiline = false, error = null, ...props }: Props) {
  return (
    <TextField {...props} className="field" isInvalid={Boolean(error)} validationBehavior="aria">
      <Label>{label}</Label>
      {multiline ? <TextArea rows={3} /> : <Input />}
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {error && <FieldError className="error">{error}</FieldError>}
    </TextField>
  );
}
