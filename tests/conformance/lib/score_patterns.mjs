// Scores repeats as every other labelled folder is scored: by tests/accuracy/findings.py.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { here } from './packages.mjs'

export function scorePatterns(program, folder, verbose) {
  const script = path.join(here, '../accuracy/findings.py')
  const ran = spawnSync('python3', [script, program, folder, '--no-sizes', '--verbose'], { encoding: 'utf8', timeout: 300000 })
  if (ran.error) throw ran.error
  const lines = (ran.stdout + ran.stderr).trimEnd().split('\n')
  // What must be perfect is always named; misses of logs that cannot tell are noise.
  const told = /^\s+(wrong|missed)\s+\S+\/(queries\.ndjson|console\.log)\s/
  console.log(lines.filter((line) => verbose || !told.test(line) || line.trim().startsWith('wrong')).join('\n'))
  return ran.status === 0
}
