// Codes of units of measure (http://unitsofmeasure.org).

export const UCUM = 'http://unitsofmeasure.org';

/** Of medicines and of time, in the singular. */
export const UNIT_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ms: 'millisecond',
    s: 'second',
    min: 'minute',
    h: 'hour',
    d: 'day',
    wk: 'week',
    mo: 'month',
    a: 'year',
    g: 'gram',
    mg: 'milligram',
    ug: 'microgram',
    ng: 'nanogram',
    kg: 'kilogram',
    L: 'litre',
    l: 'litre',
    mL: 'millilitre',
    ml: 'millilitre',
    uL: 'microlitre',
    m: 'metre',
    cm: 'centimetre',
    mm: 'millimetre',
    mmol: 'millimole',
    'mmol/L': 'millimoles in a litre',
    'mg/mL': 'milligrams in a millilitre',
    'mm[Hg]': 'millimetres of mercury',
    '%': 'per cent',
    '1': 'the number alone',
    '[iU]': 'international unit',
    Cel: 'degree Celsius',
  }),
);
