import type { ReactNode } from 'react';
import { useI18n } from '../i18n';
import { Button } from './Button';
import { CopyButton } from './CopyButton';

interface Props {
  title: string;
  hint: string;
  secret: string;
  onClose: () => void;
  /** what else can be done with it */
  children?: ReactNode;
}

/** What is shown this once, to be copied. */
export function Secret({ title, hint, secret, onClose, children }: Props) {
  const { t } = useI18n();
  return (
    <div className="notice warn" role="status">
      <p>
        <strong>{title}</strong> {hint}
      </p>
      <p>
        <code className="shown-once">{secret}</code>
      </p>
      <p className="row">
        <CopyButton text={secret} label={t('common.copy')} />
        {children}
        <Button onPress={onClose}>{t('account.close')}</Button>
      </p>
    </div>
  );
}
