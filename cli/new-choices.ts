// What itk3 new --list shows.
import { type KindOfMessage, tellMedicine, tellOrganisation, tellPatient, type Told } from '../core/draft/choices';
import type { Knowledge } from '../core/knowledge';

export function choicesOf(kinds: readonly KindOfMessage[], { invented }: Knowledge, now: Date): string {
  const { patients, pharmacies, practices, medicines } = invented;
  return [
    table(
      'Kinds',
      kinds.map(({ kind, label, versions }) => ({ label: kind, description: [label, ...versions].join(' · ') })),
    ),
    table(
      'Patients (--patient)',
      patients.map((patient) => tellPatient(patient, now)),
    ),
    table('Pharmacies (--pharmacy)', pharmacies.map(tellOrganisation)),
    table('Practices (--practice)', practices.map(tellOrganisation)),
    table(
      'Medicines (--medicine)',
      medicines.map(tellMedicine).map(({ label, detail = '' }) => ({ label, description: detail })),
    ),
  ].join('\n');
}

const WIDEST = 44;

function table(title: string, rows: readonly Told[]): string {
  const width = Math.min(WIDEST, Math.max(...rows.map(({ label }) => label.length)));
  const lines = rows.map(({ label, description }) =>
    label.length > width
      ? `  ${label}\n  ${' '.repeat(width)}  ${description}`
      : `  ${label.padEnd(width)}  ${description}`,
  );
  return `${title}\n${lines.join('\n')}\n`;
}
