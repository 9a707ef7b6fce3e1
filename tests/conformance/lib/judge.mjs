// Runs the program over one recording, and holds its findings against the labels and its indexes against the database.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { tryIndexes } from './indexes.mjs'
import { RULES, score } from './score.mjs'

export async function judge(program, prepared, folder, log) {
  const names = [log, 'schema.prisma', 'table-rows.csv']
  const inputs = path.join(folder, 'inputs')
  fs.mkdirSync(inputs, { recursive: true })
  for (const name of names) fs.writeFileSync(path.join(inputs, name), prepared.files[name])
  const ran = spawnSync(program, ['check', log, '--schema', 'schema.prisma', '--table-rows', 'table-rows.csv', '--base', 'none',
    '--output', 'json=results.json'], { cwd: inputs, encoding: 'utf8', timeout: 60000 })
  if (ran.status !== 0 && ran.status !== 1) {
    throw new Error(`${prepared.name}: the program exits with ${ran.status ?? ran.signal ?? ran.error}\n${ran.stdout}${ran.stderr}`)
  }
  const { findings } = JSON.parse(fs.readFileSync(path.join(inputs, 'results.json'), 'utf8'))
  const scans = findings.filter((finding) => RULES[finding.rule])
  return { name: prepared.name, score: score(prepared.labels, scans), indexes: await tryIndexes(scans, prepared),
    proposals: scans.filter((finding) => finding.fix?.index?.length).length, findings: scans.length }
}
