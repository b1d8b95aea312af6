// What a run prints.

const VERDICTS = ['same place', 'near', 'elsewhere', 'ours alone', 'missed by us'];

/** One line a fault, and how many of each verdict. */
export function printFaults(faults, leftOut) {
  for (const { name, verdict, ours, java } of faults)
    console.log(
      [verdict.padEnd(12), name, ours && `${ours.id} at ${inner(ours.path)}`, java && `Java: ${told(java)}`]
        .filter(Boolean)
        .join(' | '),
    );
  for (const { name, why } of leftOut) console.log(`${'left out'.padEnd(12)} | ${name} | ${why}`);
  console.log(`\nFaults: ${faults.length}, found by us ${count(faults, (f) => f.verdict !== 'missed by us')}`);
  for (const verdict of VERDICTS) console.log(`  ${verdict.padEnd(12)} ${count(faults, (f) => f.verdict === verdict)}`);
}

/** One line a message: how much each says of it, and how far they agree. */
export function printWhole(wholes) {
  console.log('\nWhole messages: errors/warnings/notes of ours and of Java; Java errors that ours raises too, and not');
  for (const { name, ours, java, both, onlyJava } of wholes)
    console.log(`  ${tally(ours).padEnd(10)} ${tally(java).padEnd(12)} ${both} and ${onlyJava.length}  ${name}`);
}

/** @returns how many disagreements nobody has explained */
export function printExplanations(faults, wholes, unused) {
  const reasons = new Map();
  const bare = [];
  const note = (because, line) => {
    if (because) reasons.set(because, (reasons.get(because) ?? 0) + 1);
    else bare.push(line);
  };
  for (const { name, verdict, ours, java, because } of faults)
    if (because !== '')
      note(because, `${verdict}: ${name}${ours ? ` at ${ours.path}` : ''}${java ? `; Java: ${told(java)}` : ''}`);
  for (const { name, onlyJava, onlyOurs } of wholes) {
    for (const { said, because } of onlyJava) note(because, `Java alone, in ${name}: ${told(said)}`);
    for (const { said, because } of onlyOurs) note(because, `ours alone, in ${name}: ${said.id} at ${said.path}`);
  }
  console.log('\nDisagreements, by explanation:');
  for (const [because, times] of [...reasons].sort((a, b) => b[1] - a[1]))
    console.log(`  ${String(times).padStart(4)}  ${because}`);
  for (const because of unused) console.log(`     0  no longer needed: ${because}`);
  if (bare.length > 0) console.log('\nNot explained:');
  for (const line of bare) console.log(`  ${line}`);
  console.log();
  return bare.length;
}

function told({ severity, id, path, message }) {
  return `${severity} ${id} at ${inner(path)}: ${message.replace(/\s+/g, ' ').slice(0, 140)}`;
}

/** From the innermost resource on. */
function inner(path) {
  return path.slice(path.lastIndexOf('.resource.') + 1) || 'the top';
}

function tally(said) {
  const of = (...levels) => count(said, ({ severity }) => levels.includes(severity));
  return `${of('error', 'fatal')}/${of('warning')}/${of('information')}`;
}

function count(all, test) {
  return all.filter(test).length;
}
