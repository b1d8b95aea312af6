// The questions about the files of a mailbox: their paths go into the settings, never what is in them. Pure.
import { environmentName } from '../../exchange/place';
import { environmentOf } from '../../mesh/environments';
import { type Answer, type Ask, BACK, type Item, type Where } from '../dialogue';
import type { Answers } from './mailbox-answers';

/** Undefined when nothing was chosen. */
export type ChooseFile = (title: string, extensions: readonly string[]) => Promise<string | undefined>;

export type FileName = 'certificate' | 'key' | 'authorities';

const FILES: Record<FileName, { asks: string; title: string; extensions: readonly string[]; none: string }> = {
  certificate: {
    asks: 'The client certificate for this mailbox',
    title: 'Client certificate (.p12, .pfx or PEM)',
    extensions: ['p12', 'pfx', 'pem', 'crt', 'cer'],
    none: 'The server asks for none',
  },
  key: {
    asks: 'The key of the client certificate',
    title: 'Key of the client certificate (PEM)',
    extensions: ['pem', 'key'],
    none: 'It is in none of my files',
  },
  authorities: {
    asks: 'The authorities that the server is checked by',
    title: 'Authorities of the server (PEM)',
    extensions: ['pem', 'crt', 'cer'],
    none: 'Those that this machine trusts',
  },
};

/** @param team the file of authorities that the team names for this environment */
export async function askFile(
  ask: Ask,
  state: Answers,
  name: FileName,
  where: Where,
  { team, chooseFile }: { team?: string; chooseFile: ChooseFile },
): Promise<Answer<Answers>> {
  const { asks, title, extensions, none } = FILES[name];
  const known = state[name];
  const wanted = state.endpoint && environmentOf(state.endpoint)?.mutualTls;
  const keep: Item<Way> = { label: 'The file that was chosen', description: known ?? '', value: 'keep' };
  const choose: Item<Way> = {
    label: known === undefined ? 'Choose the file…' : 'Choose another file…',
    description: '',
    detail: 'Its path is kept in the settings, never what is in it',
    value: 'choose',
  };
  const nothing: Item<Way> =
    team === undefined
      ? { label: none, description: '', value: 'none' }
      : { label: 'Those of the team’s file', description: team, value: 'none' };
  const items = [...(known === undefined ? [] : [keep]), ...(wanted && !team ? [choose, nothing] : [nothing, choose])];
  const placeholder = wanted ? `${asks}: ${environmentName(state.endpoint!)} needs one` : asks;
  for (;;) {
    const way = await ask.one({ ...where, placeholder }, items, items[0]!.value);
    if (way === undefined || way === BACK) return way;
    if (way === 'keep') return state;
    if (way === 'none') return { ...state, [name]: undefined };
    const file = await chooseFile(title, extensions);
    if (file !== undefined) return { ...state, [name]: file };
  }
}

type Way = 'keep' | 'choose' | 'none';
