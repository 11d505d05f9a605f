import { Button as AriaButton, type ButtonProps } from 'react-aria-components';

interface Props extends Omit<ButtonProps, 'className'> {
  kind?: 'primary' | 'normal' | 'quiet';
  small?: boolean;
  lang?: string;
}

export function Button({ kind = 'normal', small = false, ...props }: Props) {
  return <AriaButton {...props} className={`button ${kind} ${small ? 'small' : ''}`} />;
}
