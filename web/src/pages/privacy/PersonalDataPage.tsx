/** A person asks about their data: where they are, a copy, their erasure, each after a look at what it would do. */
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { inquire, type Erasure, type Inquiry, type WhoseData } from '../../api/privacy';
import { useI18n } from '../../i18n';
import { Button } from '../../ui/Button';
import { Check } from '../../ui/Check';
import { Failure } from '../../ui/Failure';
import { TextInput } from '../../ui/Fields';
import { PageTitle } from '../../ui/PageTitle';
import { Answering } from './Answering';
import { Done } from './Done';
import { Found } from './Found';
import { Parts } from './Parts';

export interface Asked {
  whose: WhoseData;
  openCases: boolean;
}

export default function PersonalDataPage() {
  const { t } = useI18n();
  const [found, setFound] = useState<{ asked: Asked; inquiry: Inquiry } | null>(null);
  const [done, setDone] = useState<Erasure | null>(null);
  const [error, setError] = useState<unknown>(null);

  async function look(asked: Asked) {
    setError(null);
    setDone(null);
    try {
      setFound({ asked, inquiry: await inquire(asked.whose, asked.openCases) });
    } catch (problem) {
      setFound(null);
      setError(problem);
    }
  }

  return (
    <>
      <PageTitle>{t('privacy.requests')}</PageTitle>
      <Parts />
      <p className="muted">{t('privacy.requestsWhat')}</p>
      <Whose onLook={look} />
      {error !== null && <Failure error={error} />}
      {done && <Done erasure={done} />}
      {found && !done && (
        <>
          <Found inquiry={found.inquiry} />
          <Answering asked={found.asked} inquiry={found.inquiry} onErased={setDone} />
        </>
      )}
    </>
  );
}

function Whose({ onLook }: { onLook: (asked: Asked) => Promise<void> }) {
  const { t } = useI18n();
  const [username, setUsername] = useState('');
  const [text, setText] = useState('');
  const [openCases, setOpenCases] = useState(false);
  const [missing, setMissing] = useState(false);
  const [working, setWorking] = useState(false);

  async function look() {
    const identifiers = [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean);
    const nobody = username.trim() === '' && identifiers.length === 0;
    setMissing(nobody);
    if (nobody) return;
    setWorking(true);
    await onLook({ whose: { username: username.trim() || null, identifiers }, openCases });
    setWorking(false);
  }

  return (
    <Form
      className="card narrow-form"
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <TextInput
        label={t('privacy.identifiers')}
        hint={t('privacy.identifiersHint')}
        multiline
        value={text}
        onChange={setText}
        error={missing ? t('privacy.missing') : null}
        autoComplete="off"
      />
      <TextInput
        label={t('privacy.username')}
        value={username}
        onChange={setUsername}
        maxLength={256}
        autoComplete="off"
      />
      <Check label={t('privacy.openCases')} selected={openCases} onChange={setOpenCases} />
      <p />
      <Button kind="primary" type="submit" isDisabled={working}>
        {t(working ? 'privacy.finding' : 'privacy.find')}
      </Button>
    </Form>
  );
}
