// itk3 completion: a script by which a shell completes what is typed after itk3.
import { type Command, readArguments, suggestion } from './command';
import { bashScript } from './completion/bash';
import { type Choices, choicesOf } from './completion/choices';
import { fishScript } from './completion/fish';
import { powershellScript } from './completion/powershell';
import { zshScript } from './completion/zsh';
import { CommandError, EXIT } from './exit';

/** A shell is one file and one line here. */
const SCRIPTS: Readonly<Record<string, (commands: readonly Choices[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

export const SHELLS = Object.keys(SCRIPTS);

/** @param commands all of them, this one too */
export function completionOf(commands: () => readonly Command[]): Command {
  return {
    name: 'completion',
    summary: 'Prints what makes a shell complete commands, options and their values',
    options: {},
    takes: SHELLS,
    takesOne: true,
    help: `itk3 completion ${SHELLS.join('|')}

  itk3 completion bash > ~/.itk3.bash    and in ~/.bashrc: source ~/.itk3.bash
  itk3 completion zsh > ~/.itk3.zsh      and in ~/.zshrc, below compinit: source ~/.itk3.zsh
  itk3 completion fish > ~/.config/fish/completions/itk3.fish
  itk3 completion powershell | Out-String | Invoke-Expression
                                         in the file that $PROFILE names

Then Tab completes commands, options, their values and the words that explain and profiles know. In a shell
that is open already nothing changes. What is offered is written in the script, so that it takes no time: print it again
after an update of itk3.

Exit codes
  0  printed
  2  misuse
`,
    run(args, terminal) {
      const { positionals } = readArguments(args, {}, 'itk3 completion');
      const [shell, ...more] = positionals;
      if (shell === undefined || more.length > 0)
        throw new CommandError(`completion needs to know the shell: itk3 completion ${SHELLS.join(', ')}.`);
      const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
      if (!script)
        throw new CommandError(
          `There is no completion for "${shell}": ${suggestion(shell, SHELLS, '', 'itk3 completion --help')}`,
        );
      terminal.stdout.write(script(choicesOf(commands(), terminal)));
      return Promise.resolve(EXIT.ok);
    },
  };
}
