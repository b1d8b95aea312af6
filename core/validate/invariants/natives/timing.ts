// What STU3 asks of Timing.repeat (tim-1 to tim-10).
import { asText, list } from '../../../json';
import { has, HOLDS, lacksBeside, type Native } from '../breach';
import { perhaps, remove, set } from '../mends';

const MEALTIMES = ['C', 'CM', 'CD', 'CV'];
const AROUND: [string, string][] = [
  ['AC', 'before the meal'],
  ['PC', 'after the meal'],
];
const UNITS: [string, string][] = [
  ['h', 'hours'],
  ['d', 'days'],
  ['wk', 'weeks'],
  ['mo', 'months'],
];

/** Which meal: `M` of CM; none of C. */
function meal(when: unknown): string {
  return asText(when).slice(1);
}

const needs =
  (name: string, needed: string): Native =>
  (value) =>
    lacksBeside(value, needed, name, `${name} needs ${needed} beside it: ${needed} is missing.`, () =>
      needed.endsWith('Unit')
        ? UNITS.map(([code, word]) => perhaps(`Add ${needed} ${code}, ${word}`, set(needed, code)))
        : [],
    );

const notNegative =
  (name: string): Native =>
  (value) => {
    const amount = value[name];
    if (typeof amount !== 'number' || amount >= 0) return HOLDS;
    const mends = [perhaps(`Change to ${-amount}`, set(name, -amount))];
    return [{ says: `${name} must not be negative.`, at: `/${name}`, part: 'value', mends }];
  };

export const TIMING: Record<string, Native> = {
  'duration.empty() or durationUnit.exists()': needs('duration', 'durationUnit'),
  'period.empty() or periodUnit.exists()': needs('period', 'periodUnit'),
  'duration.exists() implies duration >= 0': notNegative('duration'),
  'period.exists() implies period >= 0': notNegative('period'),
  'periodMax.empty() or period.exists()': needs('periodMax', 'period'),
  'durationMax.empty() or duration.exists()': needs('durationMax', 'duration'),
  'countMax.empty() or count.exists()': needs('countMax', 'count'),

  "offset.empty() or (when.exists() and ((when in ('C' | 'CM' | 'CD' | 'CV')).not()))": (value) => {
    if (!has(value, 'offset')) return HOLDS;
    if (!has(value, 'when')) return [{ says: 'offset needs when beside it: when is missing.', lacks: ['when'] }];
    return list(value.when).flatMap((when, i) =>
      MEALTIMES.includes(asText(when))
        ? [
            {
              says: 'offset counts from an event before or after a meal such as AC or PC, not from the meal itself.',
              at: `/when/${i}`,
              part: 'value' as const,
              mends: AROUND.map(([code, words]) =>
                perhaps(`Change to ${code}${meal(when)}, ${words}`, set(`when/${i}`, `${code}${meal(when)}`)),
              ),
            },
          ]
        : [],
    );
  },

  'timeOfDay.empty() or when.empty()': (value) =>
    has(value, 'timeOfDay') && has(value, 'when')
      ? [
          {
            says: 'Either timeOfDay or when says at what time, not both.',
            at: '/when',
            excess: ['timeOfDay', 'when'],
            mends: ['when', 'timeOfDay'].map((name) => perhaps(`Remove ${name}`, remove(name))),
          },
        ]
      : HOLDS,
};
