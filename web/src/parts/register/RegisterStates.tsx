import { Link } from 'react-router-dom';

interface Props<State extends string> {
  label: string;
  /** null: all of them */
  states: readonly { state: State | null; name: string }[];
  current: State | null;
  /** the address of the register with this state */
  searchOf: (state: State | null) => string;
}

/** What a register is narrowed to by one press. */
export function RegisterStates<State extends string>({ label, states, current, searchOf }: Props<State>) {
  return (
    <nav aria-label={label}>
      <ul className="plain-list view-list">
        {states.map(({ state, name }) => (
          <li key={state ?? 'all'}>
            <Link to={{ search: searchOf(state) }} aria-current={state === current ? 'page' : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
