// Headers as Node hands them over.

export const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(', ') : value);

/** The words that NHS England's sandbox takes for yes. */
export const flag = (value: string | string[] | undefined) =>
  /^(y|yes|t|true|on|1)$/i.test(single(value)?.trim() ?? '');
