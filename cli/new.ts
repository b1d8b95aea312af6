// itk3 new: prints a message to start from.
import { messageKinds, newMessage } from '../core/skeleton';
import { either } from '../core/validate/wording';
import { type Command, readArguments, suggestion } from './command';
import { CommandError, EXIT } from './exit';

export const create: Command = {
  name: 'new',
  summary: 'Prints a new, valid message about an invented patient',
  help: `itk3 new KIND

  itk3 new emergency-supply                       Print it
  itk3 new emergency-supply > my-message.json     Keep it
  itk3 new emergency-supply | itk3 validate -     Prove that it is valid

Every message has fresh identifiers, the time of now and an invented patient with a valid NHS number of the test range
(999 …). Replace SENDER_MESH_MAILBOX_ID by the mailbox that sends it.
`,
  async run(args, { knowledge, now, randomUUID, random, stdout }) {
    const { positionals } = readArguments(args, {}, 'itk3 new');
    const kinds = messageKinds(knowledge());
    const [kind, ...more] = positionals;
    if (kind === undefined) throw new CommandError(`new needs a kind of message: itk3 new ${either(kinds)}.`);
    if (more.length > 0) throw new CommandError('new makes one message at a time: give one kind.');
    const message = newMessage(kind, knowledge(), { now: now(), randomUUID, random });
    if (message === undefined) {
      throw new CommandError(
        `There is no kind of message "${kind}": ${suggestion(kind, kinds, '', 'itk3 new --help')}`,
      );
    }
    stdout.write(`${JSON.stringify(message, null, 2)}\n`);
    return Promise.resolve(EXIT.ok);
  },
};
