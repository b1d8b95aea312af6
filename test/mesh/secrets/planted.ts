// What must never come out, planted on purpose: invented, and such that escaping has something to do.
import { generateKeyPairSync } from 'node:crypto';

const PASS_PHRASE = 'Sonnenuhr 6648 & "Wendeltreppe" ü';

/** A key as a person has it in a file: locked by a pass phrase. */
const LOCKED_KEY = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASS_PHRASE },
}).privateKey;

const OPEN_KEY = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

/** What proves who one is. */
export const CREDENTIALS = {
  password: 'Falkenauge?8215&Zwiebel=ß',
  sharedKey: 'Nebelhorn+7390/Kiesgrube==',
  passPhrase: PASS_PHRASE,
  lockedKey: LOCKED_KEY,
  key: OPEN_KEY,
  proxyPassword: 'Brombeere@5127:Haselmaus',
} as const;

/** Who the message is about, and everything on its outside that may tell. */
export const PATIENT = {
  surname: "Wetterhorn-O'Plantage",
  givenName: 'Quintessa',
  nhsNumber: '9990718369',
  birthDate: '19610829',
} as const;

export const ADDRESS = `GPPROVIDER_${PATIENT.nhsNumber}_${PATIENT.birthDate}_${PATIENT.surname}`;

export const OUTSIDE = {
  subject: 'Notfallbrief für Tante Holunder <Kanzlei> 50%',
  localId: 'Ziffernblatt/4471 Treppenhaus',
  fileName: 'Lindwurm-4402 & Söhne.json',
  partnerId: 'Partnerschaft-Kolibri-3390',
} as const;

export const BODY = JSON.stringify({
  resourceType: 'Bundle',
  note: 'Pfeffermühle: Heuschnupfen <b>seit</b> "Ostern" 2019',
});

/** By name, each with the other ways people write it. */
export const SECRETS: Record<string, readonly string[]> = {
  password: [CREDENTIALS.password],
  'shared key': [CREDENTIALS.sharedKey],
  'pass phrase': [CREDENTIALS.passPhrase],
  'locked key': [keyText(CREDENTIALS.lockedKey)],
  key: [keyText(CREDENTIALS.key)],
  'proxy password': [CREDENTIALS.proxyPassword],
  surname: [PATIENT.surname],
  'given name': [PATIENT.givenName],
  'NHS number': [PATIENT.nhsNumber],
  'birth date': [PATIENT.birthDate, '29081961'],
  subject: [OUTSIDE.subject],
  'local id': [OUTSIDE.localId],
  'file name': [OUTSIDE.fileName],
  'partner id': [OUTSIDE.partnerId],
  body: [BODY.slice(BODY.indexOf('Pfeff'), -2)],
};

/** Without the lines that every key begins and ends with. */
function keyText(pem: string): string {
  return pem.replace(/-----[A-Z ]+-----|\s/g, '');
}
