// run.mjs PROGRAM [FOLDER] [--keep]: runs the instrumented programs, once as their packages are set up and once with the statements'
// values, and compares what PROGRAM says about the captures with what the script sent. FOLDER has the packages (setup.sh).
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { judge } from './judge.mjs'
import { secret } from './plan.mjs'
import { record } from './record.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))
const [program, folder = path.join(here, '../../build/telemetry')] = process.argv.slice(2).filter((arg) => !arg.startsWith('--')).map((arg) => path.resolve(arg))
if (!program) throw new Error('usage: run.mjs PROGRAM [FOLDER]')

function check(out) {
  fs.copyFileSync(path.join(here, 'budgets.yml'), path.join(out, 'budgets.yml'))
  const outputs = ['json=results.json', 'text=report.txt', 'html=report.html', 'sarif=report.sarif', 'markdown=report.md']
  const ran = spawnSync(program, ['check', '--base', 'none', ...outputs.flatMap((output) => ['--output', output])], { cwd: out, encoding: 'utf8' })
  if (ran.status !== 1) throw new Error(`the program ended with ${ran.status}, and findings of level error make it 1\n${ran.stdout}${ran.stderr}`)
  return outputs.map((output) => path.join(out, output.split('=')[1]))
}

let failed = false
for (const values of [false, true]) {
  const name = values ? 'with-values' : 'default'
  const out = path.join(folder, `captures-${name}`)
  const { sent, statements } = await record(folder, out, { withValues: values })
  const written = check(out)
  const exports_ = fs.readFileSync(path.join(out, 'traces.otlp.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line))
  const { checks, wrong } = judge({ results: JSON.parse(fs.readFileSync(written[0], 'utf8')), sent, statements, exports_, values })
  for (const file of written) {
    if (fs.readFileSync(file, 'utf8').includes(secret)) wrong.push(`${path.basename(file)} shows the address that was logged`)
  }
  for (const text of wrong) console.log(`WRONG ${name}: ${text}`)
  console.log(`${name}: ${checks + written.length} comparisons, ${wrong.length} of them wrong; the captures are in ${path.relative(process.cwd(), out)}`)
  failed ||= wrong.length > 0
}
process.exitCode = failed ? 1 : 0
