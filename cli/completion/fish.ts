// Completion in fish, from 3.0 on.
import { type Choices, IN_FRONT, type OptionChoice, type Place } from './choices';

export function fishScript(commands: readonly Choices[]): string {
  return `# itk3 in fish, made by "itk3 completion fish".

# Whether the command is $argv[1], and nothing of the rest is there already.
function __itk3_in
    set -l words (commandline -opc)
    test (count $words) -ge 2; and test "$words[2]" = $argv[1]; or return 1
    for word in $argv[2..-1]
        if contains -- $word $words; or string match -q -- "$word=*" $words
            return 1
        end
    end
end

# The same of an option that takes a value, which may be what is due.
function __itk3_due
    set -l words (commandline -opc)
    if test "$words[-1]" = $argv[2]
        test "$words[2]" = $argv[1]
    else
        __itk3_in $argv
    end
end

function __itk3_first
    test (count (commandline -opc)) -eq 1
end

function __itk3_help
    set -l words (commandline -opc)
    test (count $words) -eq 2; and contains -- $words[2] help --help -h
end

# KEY=VALUE: the keys in one argument, the values in the others, or files.
function __itk3_pair
    set -l token (string replace -r -- '^--[^=]*=' '' (commandline -ct))
    if not string match -q -- '*=*' $token
        string join \\n -- (string split ' ' $argv[1])=
    else
        set -l key (string split -m 1 = $token)
        if set -q argv[2]
            string join \\n -- $key[1]=$argv[2..-1]
        else
            string replace -r -- '^' $key[1]= (complete -C "'' $key[2]")
        end
    end
end

complete -c itk3 -e
complete -c itk3 -f
${IN_FRONT.map(frontLine).join('\n')}
${commands.flatMap(commandLines).join('\n')}
`;
}

function frontLine(word: string): string {
  return `complete -c itk3 -n __itk3_first -a ${word}`;
}

function commandLines({ name, summary, options, beside, one }: Choices): string[] {
  const words = beside.is === 'word' && one ? ` ${beside.words.join(' ')}` : '';
  return [
    '',
    ...['first', 'help'].map((when) => `complete -c itk3 -n __itk3_${when} -a ${name} -d ${quoted(summary)}`),
    ...(beside.is === 'anything' ? [] : [`complete -c itk3 -n '__itk3_in ${name}${words}'${candidates(beside)}`]),
    ...options.map((option) => optionLine(name, option)),
  ];
}

function optionLine(command: string, { long, short, multiple, value, mayLack }: OptionChoice): string {
  const used = multiple ? [] : [long, ...(short === undefined ? [] : [short])];
  const names = [...(short === undefined ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`].join(' ');
  const isNeeded = value !== undefined && !mayLack;
  const when = [isNeeded && !multiple ? '__itk3_due' : '__itk3_in', command, ...used].join(' ');
  return `complete -c itk3 -n '${when}' ${names}${isNeeded ? ` -r${candidates(value)}` : ''}`;
}

function candidates(place: Place): string {
  switch (place.is) {
    case 'anything':
      return ' -f';
    case 'file':
      return ' -F';
    case 'folder':
      return ` -f -a '(__fish_complete_directories)'`;
    case 'word':
      return ` -f -a '${place.words.join(' ')}'`;
    case 'pair': {
      const values = place.value.is === 'word' ? ` ${place.value.words.join(' ')}` : '';
      return ` -f -a '(__itk3_pair "${place.keys.join(' ')}"${values})'`;
    }
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
