// The routes for a person with a browser: the page, the page of a message, and the choice of a scenario.
import { MeshError } from '../errors';
import type { Answer } from './bodies';
import type { Route } from './exchange';
import { messagePageOf } from './message-page';
import { pageOf } from './page';
import { pageHeaders } from './page-frame';
import { messageViewOf, viewOf } from './page-view';
import type { PageSource } from './page-view';

/** @param play throws a MeshError when there is no scenario of that name; an empty name stands for none */
export function pageRoutes(source: PageSource, play: (name: string) => void): readonly Route[] {
  return [
    {
      name: 'page',
      method: 'GET',
      path: '/',
      answer({ randomUUID }) {
        const nonce = randomUUID();
        return page(pageOf(viewOf(source), nonce), nonce);
      },
    },
    {
      name: 'message-page',
      method: 'GET',
      path: '/messages/{id}',
      async answer({ parts, randomUUID }) {
        const view = await messageViewOf(parts.id ?? '', source);
        if (!view) return sentence(404, 'The sandbox has no such message: it may have been started anew since.');
        const nonce = randomUUID();
        return page(messagePageOf(view, nonce), nonce);
      },
    },
    {
      name: 'play',
      method: 'POST',
      path: '/scenario',
      answer({ body }) {
        const name = new URLSearchParams(body.toString('latin1')).get('scenario');
        if (name === null) return sentence(400, 'The form names no scenario.');
        try {
          play(name);
        } catch (error) {
          if (error instanceof MeshError) return sentence(400, error.message);
          throw error;
        }
        return { status: 303, headers: { location: '/', 'cache-control': 'no-store' } };
      },
    },
  ];
}

const page = (text: string, nonce: string): Answer => ({
  status: 200,
  headers: pageHeaders(nonce),
  body: Buffer.from(text),
});

const sentence = (status: number, text: string): Answer => ({
  status,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body: Buffer.from(`${text}\n`),
});
