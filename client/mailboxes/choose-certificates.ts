// Which files hold the certificates of a mailbox; their paths go into the settings, never what is in them.
import * as vscode from 'vscode';
import type { Environment } from '../../mesh/environments';
import { isPkcs12 } from './certificates';
import type { Place } from '../../exchange/place';

type Certificates = NonNullable<Place['certificates']>;

/** None where the person has none yet; undefined when the person gives up. @param environment asks for them, where it is known to */
export async function chooseCertificates(
  title: string,
  environment: Environment | undefined,
  known: Certificates = {},
): Promise<Certificates | undefined> {
  const keep = {
    label: '$(check) Those that were chosen',
    take: () => Promise.resolve<Certificates | undefined>(known),
  };
  const none = { label: 'None', take: () => Promise.resolve<Certificates | undefined>({}) };
  const choose = {
    label: '$(file) Choose the files…',
    detail: 'The client’s certificate as .p12, .pfx or PEM with its key, and the authorities of the server',
    take: () => chooseFiles(),
  };
  const items = [
    ...(Object.keys(known).length > 0 ? [keep] : []),
    ...(environment?.mutualTls ? [choose, none] : [none, choose]),
  ];
  const placeHolder = environment?.mutualTls
    ? `${environment.name} asks for a client certificate and has authorities of its own`
    : 'Does the server ask for certificates?';
  const choice = await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true });
  return choice?.take();
}

/** What is passed by is left out. */
async function chooseFiles(): Promise<Certificates | undefined> {
  const certificate = await chooseFile('Client certificate (.p12, .pfx or PEM)', ['p12', 'pfx', 'pem', 'crt', 'cer']);
  const key =
    certificate === undefined || isPkcs12(certificate)
      ? undefined
      : await chooseFile('Key of the client certificate (PEM)', ['pem', 'key']);
  const authorities = await chooseFile('Authorities that the server is checked by (PEM)', ['pem', 'crt', 'cer']);
  return {
    ...(certificate !== undefined && { certificate }),
    ...(key !== undefined && { key }),
    ...(authorities !== undefined && { authorities }),
  };
}

async function chooseFile(title: string, extensions: string[]): Promise<string | undefined> {
  const filters = { Certificates: extensions, 'All files': ['*'] };
  const [file] = (await vscode.window.showOpenDialog({ title, openLabel: 'Choose', filters })) ?? [];
  return file?.scheme === 'file' ? file.fsPath : undefined;
}
