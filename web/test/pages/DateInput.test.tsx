import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { DateInput } from '../../src/forms/DateInput';
import type { DateKind } from '../../src/forms/dateValue';
import { LanguageProvider, type Language } from '../../src/i18n';
import { expectAccessible } from '../render';

interface Given {
  kind: DateKind;
  iso?: string | null;
  language?: Language;
  readOnly?: boolean;
  /** the form gives back what it was told only when the test says so (`echo`) */
  held?: boolean;
}

/** The field in a form that keeps its value; `told` are the values it was told, in order. */
function draw({ kind, iso = null, language = 'th', readOnly = false, held = false }: Given) {
  const told: (string | null)[] = [];
  const echoes: (() => void)[] = [];
  function Holder() {
    const [value, setValue] = useState<string | null>(iso);
    return (
      <LanguageProvider initial={language}>
        <DateInput
          id="d"
          label="วันที่ทราบเหตุ"
          description=""
          kind={kind}
          iso={value}
          errors={[]}
          required={false}
          disabled={false}
          readOnly={readOnly}
          notPast={false}
          onIso={(next) => {
            told.push(next);
            if (held) echoes.push(() => setValue(next));
            else setValue(next);
          }}
          onBlur={() => undefined}
        />
        <button>after</button>
      </LanguageProvider>
    );
  }
  /** The form gives back the oldest values it was told, all but `lag` of them. */
  function echo(lag = 0) {
    while (echoes.length > lag) act(() => echoes.shift()?.());
  }
  return { ...render(<Holder />), told, echo, user: userEvent.setup() };
}

const shown = () => screen.getAllByRole('spinbutton').map((part) => part.textContent);

describe('a date field', () => {
  it('takes a date of the Buddhist era and tells it in ISO 8601', async () => {
    const { told, user, container } = draw({ kind: 'date' });
    await user.click(screen.getAllByRole('spinbutton')[0] as HTMLElement);
    await user.keyboard('10042569');
    expect(told.filter(Boolean)).toEqual(['2026-04-10']);
    await expectAccessible(container);
  });

  it('takes Thai digits', async () => {
    const { told, user } = draw({ kind: 'date' });
    await user.click(screen.getAllByRole('spinbutton')[0] as HTMLElement);
    await user.keyboard('๑๐๐๔๒๕๖๙');
    expect(told.filter(Boolean)).toEqual(['2026-04-10']);
  });

  it('takes date and time, with the zone of the office', async () => {
    const { told, user } = draw({ kind: 'datetime' });
    await user.click(screen.getAllByRole('spinbutton')[0] as HTMLElement);
    await user.keyboard('100425691600');
    expect(told.at(-1)).toBe('2026-04-10T16:00+07:00');
  });

  it('shows a value in the Buddhist era, ready to be corrected', async () => {
    const { told, user } = draw({ kind: 'date', iso: '2026-04-10' });
    const segments = screen.getAllByRole('spinbutton');
    expect(segments.map((segment) => segment.textContent)).toEqual(['10', '4', '2569']);
    await user.click(segments[0] as HTMLElement);
    await user.keyboard('{ArrowUp}');
    expect(told).toEqual(['2026-04-11']);
  });

  it.each([1, 2, 3, 5, 100])('is not confused by a form that is %i changes behind the typing', async (lag) => {
    const { told, echo, user } = draw({ kind: 'datetime', iso: '2026-11-22T22:58+07:00', held: true });
    await user.click(screen.getAllByRole('spinbutton')[0] as HTMLElement);
    for (const key of '231125691758') {
      await user.keyboard(key);
      echo(lag);
    }
    expect(told.at(-1)).toBe('2026-11-23T17:58+07:00');
    echo();
    expect(shown()).toEqual(['23', '11', '2569', '17', '58']);
  });

  it('is not undone by the echo of a change that was taken back', async () => {
    const { told, echo, user } = draw({ kind: 'date', iso: '2026-11-22', held: true });
    await user.click(screen.getAllByRole('spinbutton')[0] as HTMLElement);
    await user.keyboard('{ArrowUp}{ArrowDown}{ArrowDown}');
    expect(told).toEqual(['2026-11-23', '2026-11-22', '2026-11-21']);
    echo(2);
    expect(shown()).toEqual(['21', '11', '2569']);
    echo();
    expect(shown()).toEqual(['21', '11', '2569']);
  });

  it('takes over a value that comes from elsewhere', async () => {
    const field = (iso: string | null) => (
      <LanguageProvider initial="th">
        <DateInput
          id="d"
          label="วันที่"
          description=""
          kind="date"
          iso={iso}
          errors={[]}
          required={false}
          disabled={false}
          readOnly={false}
          notPast={false}
          onIso={() => undefined}
          onBlur={() => undefined}
        />
      </LanguageProvider>
    );
    const { rerender } = render(field('2026-04-10'));
    rerender(field('2026-04-12'));
    expect(screen.getAllByRole('spinbutton')[0]?.textContent).toBe('12');
  });

  it('asks for the Buddhist era when a Gregorian year was typed', async () => {
    const { told, user } = draw({ kind: 'date' });
    await user.click(screen.getAllByRole('spinbutton')[0] as HTMLElement);
    await user.keyboard('10042026');
    await user.click(screen.getByText('after'));
    expect(told.filter(Boolean)).toEqual([]);
    expect(screen.getByText(/ใช้ปีพุทธศักราช/)).toBeTruthy();
  });

  it('is written out with Thai digits where it cannot be changed', () => {
    draw({ kind: 'datetime', iso: '2026-04-10T16:00+07:00', readOnly: true });
    expect(screen.getByLabelText<HTMLInputElement>('วันที่ทราบเหตุ').value).toBe('๑๐ เม.ย. ๒๕๖๙ ๑๖:๐๐ น.');
  });

  it('is Gregorian in English', () => {
    draw({ kind: 'date', iso: '2026-04-10', language: 'en' });
    expect(screen.getAllByRole('spinbutton').map((segment) => segment.textContent)).toEqual(['10', '04', '2026']);
  });
});
