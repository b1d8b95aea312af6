// Completion in PowerShell, from 5.1 on. Where nothing is offered, PowerShell offers files by itself.
import { type Choices, IN_FRONT, type Place } from './choices';

export function powershellScript(commands: readonly Choices[]): string {
  const all = commands.flatMap(({ name, options }) =>
    options.map((option) => ({ at: `${name} ${option.long}`, option })),
  );
  const shorts = new Map(all.flatMap(({ option: { short, long } }) => (short === undefined ? [] : [[short, long]])));
  return `# itk3 in PowerShell, made by "itk3 completion powershell".
Register-ArgumentCompleter -Native -CommandName itk3, itk3.cmd -ScriptBlock {
  param($word, $ast, $cursor)

  $commands = [ordered]@{
${commands.map(({ name, summary }) => `    ${quoted(name)} = ${quoted(summary)}`).join('\n')}
  }
  $options = @{
${commands.map(({ name, options }) => `    ${quoted(name)} = ${list(options.map(({ long }) => long))}`).join('\n')}
  }
  $again = ${list(all.filter(({ option }) => option.multiple).map(({ at }) => at))}
  $lacking = ${list(all.filter(({ option }) => option.mayLack).map(({ at }) => at))}
  $one = ${list(commands.filter(({ one }) => one).map(({ name }) => name))}
  $shorts = @{
${[...shorts].map(([short, long]) => `    ${quoted(short)} = ${quoted(long)}`).join('\n')}
  }
  # Of a command, and of an option that takes a value. Empty: a file, or what only you can know.
  $places = @{
${commands.map(({ name, beside }) => `    ${quoted(name)} = ${list(wordsIn(beside))}`).join('\n')}
${all.flatMap(({ at, option: { value } }) => valueLines(at, value)).join('\n')}
  }

  $before = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
  $command = if ($before.Count -gt 1) { $before[1] }
  $used = @($before | ForEach-Object { $name = ($_ -split '=', 2)[0]; $name; if ($shorts.Contains($name)) { $shorts[$name] } })
  $prefix = $at = ''
  $found = @()
  if ($before.Count -le 1) {
    $found = @($commands.Keys) + ${list(IN_FRONT)}
  } elseif ($command -in 'help', '--help', '-h') {
    if ($before.Count -eq 2) { $found = @($commands.Keys) }
  } elseif ($commands.Contains($command)) {
    $at = "$command $($before[-1])"
    $ended = '--' -in $before
    if (-not $ended -and $word -match '^(--[^=]+)=') {
      $prefix = $Matches[0]
      $at = "$command $($Matches[1])"
      $found = $places[$at]
    } elseif (-not $ended -and $places.ContainsKey($at) -and $at -notin $lacking) {
      $found = $places[$at]
    } elseif (-not $ended -and $word -like '-*') {
      $found = $options[$command] | Where-Object { $_ -notin $used -or "$command $_" -in $again }
    } elseif ($command -notin $one -or -not ($places[$command] | Where-Object { $_ -in $used })) {
      $found = $places[$command]
    }
  }
  # KEY=VALUE
  if ($places.ContainsKey("$at=") -and $word.Substring($prefix.Length) -match '^[^=]+=') {
    $prefix += $Matches[0]
    $found = $places["$at="]
  }
  $found | Where-Object { $_ -and "$prefix$_".StartsWith($word, 'Ordinal') } | ForEach-Object {
    $about = if ($before.Count -le 1 -and $commands.Contains($_)) { $commands[$_] } else { $_ }
    [System.Management.Automation.CompletionResult]::new("$prefix$_", $_, 'ParameterValue', $about)
  }
}
`;
}

/** What stands behind KEY= has a line of its own. */
function valueLines(at: string, place: Place | undefined): string[] {
  if (!place) return [];
  const line = `    ${quoted(at)} = ${list(wordsIn(place))}`;
  return place.is === 'pair' ? [line, ...valueLines(`${at}=`, place.value)] : [line];
}

function wordsIn(place: Place): string[] {
  if (place.is === 'word') return [...place.words];
  return place.is === 'pair' ? place.keys.map((key) => `${key}=`) : [];
}

function list(words: readonly string[]): string {
  return `@(${words.map(quoted).join(', ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
