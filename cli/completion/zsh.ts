// Completion in zsh, by its own _arguments.
import { type Choices, IN_FRONT, type OptionChoice, type Place } from './choices';

export function zshScript(commands: readonly Choices[]): string {
  return `#compdef itk3
# itk3 in zsh, made by "itk3 completion zsh".

# KEY=VALUE: the keys, and what completes the value.
_itk3_pair() {
  local -a keys=(\${=1})
  if compset -P '*='; then
    shift
    "$@"
  else
    compadd -S = -a keys
  fi
}

_itk3() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${escaped(summary)}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    commands+=('help:Shows how to use a command')
    _describe -t commands command commands
    [[ $PREFIX == -* ]] && compadd -- ${IN_FRONT.filter((word) => word.startsWith('-')).join(' ')}
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
    help | --help | -h) (( CURRENT == 2 )) && _describe -t commands command commands ;;
${commands.map(commandCase).join('\n')}
  esac
}

if [[ $funcstack[1] == _itk3 ]]; then
  _itk3 "$@"
else
  compdef _itk3 itk3
fi
`;
}

function commandCase({ name, options, beside, one }: Choices): string {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...(beside.is === 'anything' ? [] : [`${one ? '1' : '*'}:${beside.is}:${action(beside)}`]),
  ];
  return `    ${name})
      _arguments -S \\
${specs.map((spec) => `        ${quoted(spec)}`).join(' \\\n')}
      ;;`;
}

function optionSpecs({ long, short, multiple, value, mayLack }: OptionChoice): string[] {
  const about = value ? `${mayLack ? '-::' : ':'}${value.is}:${action(value)}` : '';
  const whole = value ? `${long}=${about}` : long;
  if (multiple) return [`*${whole}`];
  return short === undefined ? [whole] : [`(${short} ${long})${short}${about}`, `(${short} ${long})${whole}`];
}

function action(place: Place): string {
  switch (place.is) {
    case 'anything':
      return ' ';
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'word':
      return `(${place.words.join(' ')})`;
    case 'pair': {
      const { value } = place;
      const then = value.is === 'word' ? `compadd ${value.words.join(' ')}` : action(value);
      return `{ _itk3_pair "${place.keys.join(' ')}" ${then} }`;
    }
  }
}

/** A colon would part the word from what is said of it. */
function escaped(text: string): string {
  return text.replace(/[\\:]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
