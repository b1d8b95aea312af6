// Completion in bash, from 3.2 (macOS) on. What is a file is left to readline, which knows how names are quoted.
import { type Choices, IN_FRONT, type OptionChoice, type Place } from './choices';

export function bashScript(commands: readonly Choices[]): string {
  const names = commands.map(({ name }) => name);
  return `# itk3 in bash, made by "itk3 completion bash".
_itk3() {
  local IFS=$' \\t\\n' args=() piece glue= i
  # bash takes words apart at "=" and ":".
  for ((i = 1; i <= COMP_CWORD; i++)); do
    piece=\${COMP_WORDS[i]}
    if [[ ( $glue || $piece == [=:]* ) && \${#args[@]} -gt 0 ]]; then
      args[\${#args[@]} - 1]+=$piece
    else
      args+=("$piece")
    fi
    [[ $piece && $piece != *[!=:]* ]] && glue=1 || glue=
  done

  local last=$((\${#args[@]} - 1)) command=\${args[0]} word before=
  word=\${args[last]}
  ((last > 0)) && before=\${args[last - 1]}
  COMPREPLY=()
  if ((last == 0)); then
    COMPREPLY=($(compgen -W '${[...names, ...IN_FRONT].join(' ')}' -- "$word"))
    return
  fi

  local options= again= is= words= keys= one=
  case $command in
    help | --help | -h) ((last == 1)) && is=word words='${names.join(' ')}' ;;
${commands.map(commandCase).join('\n')}
  esac

  # What is there already.
  local used=' ' ended=
  for ((i = 1; i < last; i++)); do
    [[ \${args[i]} == -- ]] && ended=1
    [[ $ended ]] || used+="\${args[i]%%=*} "
  done
${shorts(commands)
  .map(([short, long]) => `  [[ $used == *' ${short} '* ]] && used+='${long} '`)
  .join('\n')}

  if [[ ! $ended ]]; then
    local option=$before separate=1
    [[ $word == --*=* ]] && option=\${word%%=*} word=\${word#*=} separate=
    case "$separate $command $option" in
${commands.flatMap(({ name, options }) => options.flatMap((option) => valueCase(name, option) ?? [])).join('\n')}
      *)
        [[ $separate ]] || return
        if [[ $word == -* || ! $is ]]; then
          is=word words= one=
          for option in $options; do
            [[ $used == *" $option "* && $again != *" $option "* ]] || words+="$option "
          done
        elif [[ $one ]]; then
          for i in $words; do [[ $used == *" $i "* ]] && return; done
        fi
        ;;
    esac
  fi

  if [[ $is == pair ]]; then
    if [[ $word != *=* ]]; then
      COMPREPLY=($(compgen -S = -W "$keys" -- "$word"))
      compopt -o nospace 2>/dev/null
      return
    fi
    word=\${word#*=} is=file
    [[ $words ]] && is=word
  fi
  case $is in
    word) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    file) compopt -o bashdefault -o default 2>/dev/null ;;
    folder) compopt -o dirnames 2>/dev/null ;;
  esac
}

if type compopt &>/dev/null; then
  complete -F _itk3 itk3
else
  complete -o bashdefault -o default -F _itk3 itk3
fi
`;
}

function commandCase({ name, options, beside, one }: Choices): string {
  const all = options.map(({ long }) => long);
  const again = options.filter(({ multiple }) => multiple).map(({ long }) => long);
  const parts = [
    `options='${all.join(' ')}'`,
    ...(again.length > 0 ? [`again=' ${again.join(' ')} '`] : []),
    ...(beside.is === 'anything' ? [] : [assignment(beside)]),
    ...(one ? ['one=1'] : []),
  ];
  return `    ${name}) ${parts.join(' ')} ;;`;
}

function valueCase(command: string, { long, value, mayLack }: OptionChoice): string | undefined {
  if (!value) return undefined;
  // Separately, what follows may be something else.
  const pattern = mayLack ? `" ${command} ${long}"` : `*" ${command} ${long}"`;
  return `      ${pattern}) ${assignment(value)} ;;`;
}

function assignment(place: Place): string {
  switch (place.is) {
    case 'anything':
      return 'is=';
    case 'word':
      return `is=word words='${place.words.join(' ')}'`;
    case 'pair':
      return `is=pair keys='${place.keys.join(' ')}' words='${place.value.is === 'word' ? place.value.words.join(' ') : ''}'`;
    case 'file':
    case 'folder':
      return `is=${place.is}`;
  }
}

function shorts(commands: readonly Choices[]): [short: string, long: string][] {
  const all = commands.flatMap(({ options }) => options.map(({ short, long }) => [short, long] as const));
  return [...new Map(all.flatMap(([short, long]) => (short === undefined ? [] : [[short, long] as const])))];
}
