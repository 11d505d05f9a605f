import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Problem } from '../../api/client';
import { problemText } from '../../api/problem';
import { useSession } from '../../app/session';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';
import { PageTitle } from '../../ui/PageTitle';
import './signin.css';

export default function SignInPage() {
  const { language, t } = useI18n();
  const { state, signIn } = useSession();
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(form: FormData) {
    setWorking(true);
    setError(null);
    try {
      await signIn(String(form.get('username')).trim(), String(form.get('password')));
    } catch (problem) {
      setError(problem);
      setWorking(false);
    }
  }

  const wrong = error instanceof Problem && error.status === 401;
  return (
    <section className="card signin">
      <PageTitle>{t('signin.title')}</PageTitle>
      {state.kind === 'nobody' && state.ended && !error && <p className="notice">{t('signin.ended')}</p>}
      {error !== null && (
        <p className="notice danger" role="alert">
          {wrong ? t('signin.wrong') : problemText(error, language, t)}
        </p>
      )}
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          void submit(new FormData(event.currentTarget));
        }}
      >
        <TextInput label={t('signin.username')} name="username" autoComplete="username" isRequired />
        <TextInput
          label={t('signin.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <Button kind="primary" type="submit" isDisabled={working}>
          {working ? t('signin.working') : t('signin.submit')}
        </Button>
      </Form>
    </section>
  );
}
