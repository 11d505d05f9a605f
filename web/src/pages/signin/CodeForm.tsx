import { Problem } from '../../api/client';
import { useSession } from '../../app/session';
import { useI18n } from '../../i18n';
import { AskForm } from '../../ui/AskForm';

interface Props {
  /** Back to name and password; with the problem when the server sends one back there. */
  onBack: (problem: Problem | null) => void;
}

/** The second step of a sign-in. A wrong code can be typed again until the server says that it begins anew. */
export function CodeForm({ onBack }: Props) {
  const { t } = useI18n();
  const { giveCode } = useSession();
  return (
    <AskForm
      fields={[{ name: 'code', label: t('signin.code'), hint: t('signin.codeHint'), autoComplete: 'one-time-code' }]}
      submit={t('signin.submit')}
      onCancel={() => onBack(null)}
      action={async ({ code = '' }) => {
        try {
          await giveCode(code);
        } catch (error) {
          if (!(error instanceof Problem) || error.body.code !== 'sign-in-again') throw error;
          onBack(error);
        }
      }}
    />
  );
}
