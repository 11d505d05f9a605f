/** One component under its name in the code, in the states that it has. */
import type { ReactNode } from 'react';

export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section className="card specimen" aria-label={name} data-component={name}>
      <h3>
        <code>{name}</code>
      </h3>
      <div className="specimen-states">{children}</div>
    </section>
  );
}
