// ODS codes: how organisations and their sites are known in the NHS (Organisation Data Service).

/** Three to twelve capitals and digits; which of them exist only the service itself knows. */
export function isOdsCode(text: string): boolean {
  return /^[A-Z0-9]{3,12}$/.test(text);
}
