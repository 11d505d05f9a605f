import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Problem } from '../../api/client';
import { problemText } from '../../api/problem';
import { useSession } from '../../app/session';
import { useI18n } from '../../i18n';
import { CodeForm } from './CodeForm';
import { Elsewhere, useToldProblem } from './Elsewhere';
import { Button } from '../../ui/Button';
import { TextInput } from '../../ui/Fields';
import { PageTitle } from '../../ui/PageTitle';
import './signin.css';

export default function SignInPage() {
  const { language, t } = useI18n();
  const { state, signIn } = useSession();
  const [working, setWorking] = useState(false);
  const [asked, setAsked] = useState(false); // for the second step
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState({ username: false, password: false });

  async function submit(form: FormData) {
    const username = String(form.get('username')).trim();
    const password = String(form.get('password'));
    setMissing({ username: username === '', password: password === '' });
    if (username === '' || password === '') return;
    setWorking(true);
    setError(null);
    try {
      setAsked(await signIn(username, password));
    } catch (problem) {
      setError(problem);
    }
    setWorking(false);
  }

  const told = useToldProblem();
  const wrong = error instanceof Problem && error.status === 401 && error.body.code !== 'sign-in-again';
  return (
    <section className="card signin">
      <PageTitle>{t('signin.title')}</PageTitle>
      {state.kind === 'nobody' && state.ended && !error && <p className="notice">{t('signin.ended')}</p>}
      {error === null && told !== null && (
        <p className="notice danger" role="alert">
          {told}
        </p>
      )}
      {error !== null && (
        <p className="notice danger" role="alert">
          {wrong ? t('signin.wrong') : problemText(error, language, t)}
        </p>
      )}
      {asked ? (
        <CodeForm
          onBack={(problem) => {
            setAsked(false);
            setError(problem);
          }}
        />
      ) : (
        <Form
          validationBehavior="aria"
          onSubmit={(event) => {
            event.preventDefault();
            void submit(new FormData(event.currentTarget));
          }}
        >
          <TextInput
            label={t('signin.username')}
            name="username"
            autoComplete="username"
            isRequired
            error={missing.username ? t('field.required') : null}
          />
          <TextInput
            label={t('signin.password')}
            name="password"
            type="password"
            autoComplete="current-password"
            isRequired
            error={missing.password ? t('field.required') : null}
          />
          <Button kind="primary" type="submit" isDisabled={working}>
            {working ? t('signin.working') : t('signin.submit')}
          </Button>
        </Form>
      )}
      {!asked && <Elsewhere />}
    </section>
  );
}
