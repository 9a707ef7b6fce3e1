// Runs the program over the logs of all jobs, prints a row for each form of log, and what is behind each number that is not perfect.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ratio } from './score.mjs'
import { scoreJob } from './score_jobs.mjs'

const PRECISION = 0.98, RECALL = 0.9
// Whether the form says the values, and whether a note will do where something is to be found: without values nobody can be sure.
// asked: false where the numbers are only told.
export const FORMS = {
  'queries.ndjson': { params: true, notes: false, asked: true },
  'app.pino.log': { params: true, notes: false, asked: true },
  'app.no-params.log': { params: false, notes: true, asked: true },
  'console.log': { params: false, notes: true, asked: true },
  'traces.otlp.ndjson': { params: false, notes: true, asked: false },
}

function findingsOf(program, folder, log) {
  return new Promise((resolve, reject) => {
    const results = path.join(folder, `${log}.results.json`)
    const child = spawn(program, ['check', log, '--schema', 'schema.prisma', '--base', 'none', '--output', `json=${results}`],
      { cwd: folder, timeout: 60000 })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { said += data })
    child.once('error', reject)
    child.once('close', (code, signal) => {
      // 3: the log was not read in full, which is a fault of its own.
      if (![0, 1, 3].includes(code)) reject(new Error(`${folder}/${log}: the program exits with ${code ?? signal}\n${said}`))
      else resolve({ findings: JSON.parse(fs.readFileSync(results, 'utf8')).findings, unread: code === 3 && said.trim().split('\n').slice(1, 4).join(' ') })
    })
  })
}

// folder: one folder for each job. Returns [{name, form, labels, unread, score}].
export async function judgeJobs(program, folder) {
  const left = fs.readdirSync(folder).sort().flatMap((name) => Object.keys(FORMS).map((form) => ({ name, form })))
  const judged = []
  const worker = async () => {
    for (let one = left.shift(); one; one = left.shift()) {
      const place = path.join(folder, one.name)
      const labels = JSON.parse(fs.readFileSync(path.join(place, 'labels.json'), 'utf8'))
      const { findings, unread } = await findingsOf(program, place, one.form)
      judged.push({ ...one, labels, unread, score: scoreJob(labels, findings, FORMS[one.form].params) })
    }
  }
  await Promise.all(Array.from({ length: Math.min(os.availableParallelism(), 4) }, worker))
  return judged.sort((a, b) => (a.name + a.form < b.name + b.form ? -1 : 1))
}

const KINDS = ['found', 'noted', 'missed', 'right', 'wrong', 'neutral', 'whispers']

// sum: a number for each of KINDS. Of few jobs a single finding decides too much: with `few`, one wrong and one missed are let go.
export function verdictOf(form, sum, few = false) {
  const found = sum.found + (form.notes ? sum.noted : 0), missed = sum.missed + (form.notes ? 0 : sum.noted)
  const precision = ratio(sum.right, sum.wrong), recall = ratio(found, missed)
  const kept = (share, least, faults) => share === null || share >= least || (few && faults <= 1)
  return { precision, recall, good: !form.asked || (kept(precision, PRECISION, sum.wrong) && kept(recall, RECALL, missed)) }
}

const cells = (values) => values.map((value) => String(value).padStart(9)).join('')
const share = (value) => (value === null ? '-' : value.toFixed(3))
const short = (text, n = 200) => (text.length > n ? `${text.slice(0, n)}...` : text)

function sizes(all) {
  const counts = new Map()
  for (const { score } of all) {
    for (const kind of ['found', 'noted', 'missed']) {
      for (const loop of score[kind]) {
        const count = counts.get(loop.statements_a_turn) ?? counts.set(loop.statements_a_turn, { found: 0, of: 0 }).get(loop.statements_a_turn)
        count.of++
        if (kind === 'found') count.found++
      }
    }
  }
  return [...counts].sort(([a], [b]) => a - b).map(([size, { found, of }]) => `${size}: ${found} of ${of}`).join(', ')
}

// Returns whether all that is asked is reached.
export function reportJobs(judged, { verbose, few }) {
  console.log(`\n${'log of a job'.padEnd(20)}${cells(KINDS.slice(0, 3))}   recall${cells(KINDS.slice(3))}  precision`)
  let good = true
  for (const [name, form] of Object.entries(FORMS)) {
    const all = judged.filter((one) => one.form === name)
    const sum = Object.fromEntries(KINDS.map((kind) => [kind, all.reduce((n, { score }) => n + score[kind].length, 0)]))
    const verdict = verdictOf(form, sum, few)
    good = good && verdict.good && !(form.asked && all.some((one) => one.unread))
    console.log(name.padEnd(20) + cells([sum.found, sum.noted, sum.missed, share(verdict.recall)]) + cells([sum.right, sum.wrong, sum.neutral, sum.whispers]) +
      share(verdict.precision).padStart(11) + (form.asked ? (verdict.good ? '' : `  below ${PRECISION}/${RECALL}`) : '  not asked'))
  }
  console.log('found, noted and missed are loops (a note counts as found only where no values are logged); right, wrong and neutral are findings\n' +
    `above a note, whispers are notes on what is no loop. Loops found in queries.ndjson by statements a turn: ${sizes(judged.filter((one) => one.form === 'queries.ndjson'))}`)
  for (const { name, form, labels, unread, score } of judged) {
    if (unread) console.log(`  not read in full: ${name}/${form} ${short(unread)}`)
    for (const hit of score.wrong) {
      console.log(`  wrong  ${name}/${form} ${hit.rule}${hit.unknown ? ' (no such statement repeats)' : ''}: ${labels.silent ?? 'not of a loop'}\n    ${short(hit.finding.message)}\n    ${short(hit.texts.join(' | '))}`)
    }
    const told = verbose || (FORMS[form].asked && FORMS[form].params)
    if (told) {
      for (const kind of ['missed', 'noted']) {
        for (const loop of score[kind]) console.log(`  ${kind.padEnd(6)} ${name}/${form} ${loop.name}: ${loop.turns} turns of ${loop.statements_a_turn}, ${loop.kind}`)
      }
    }
    if (verbose) {
      for (const hit of score.whispers) console.log(`  a note ${name}/${form} ${hit.rule}${hit.unknown ? ' (no such statement repeats)' : ''}: ${labels.silent ?? 'not of a loop'}`)
    }
  }
  return good
}
