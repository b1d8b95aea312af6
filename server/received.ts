// Documents that came from a mailbox: they are read, and nothing here changes them.

const SCHEME = 'itk3-received:';

export function isReceived(uri: string): boolean {
  return uri.startsWith(SCHEME);
}
