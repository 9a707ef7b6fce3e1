// Checks the query rules on real databases: runs scenarios through Prisma, asks each database how it reads every
// statement, and compares that with what budgetcheck says about the log.
//   run.mjs PROGRAM [--only SCHEMA]... [--log FILE] [--verbose] [--keep]
//     --log: judge another of the recorded files (console.log, postgresql.log, mariadb-slow.log) instead of app.ndjson
//     --scans, --patterns, --jobs: only these parts
//   run.mjs --record FOLDER [--only SCHEMA]...     only writes logs and labels
// Exit code 1: precision or recall below 0.97, a proposed index is of no use, a legitimate repeat was flagged,
// or the loops of jobs without ids are below 0.98 and 0.9.
import fs from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build, here } from './lib/packages.mjs'
import { open, prepareJobs, preparePatterns, prepareScans } from './lib/prepare.mjs'
import { scorePatterns } from './lib/score_patterns.mjs'
import { startMariaDb, startPostgres, stopServers, temporaryFolder } from './lib/servers.mjs'
import * as postgres from './lib/provider_postgresql.mjs'

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: {
  only: { type: 'string', multiple: true }, record: { type: 'string' }, log: { type: 'string', default: 'app.ndjson' }, scans: { type: 'boolean' },
  patterns: { type: 'boolean' }, jobs: { type: 'boolean' }, verbose: { type: 'boolean' }, keep: { type: 'boolean' } } })
const program = positionals[0] && path.resolve(positionals[0])
if (!program === !options.record) {
  console.error('usage: run.mjs PROGRAM | --record FOLDER   [--only SCHEMA]... [--scans] [--patterns] [--jobs] [--verbose] [--keep]')
  process.exit(2)
}
const known = fs.readdirSync(path.join(here, 'schemas')).sort()
const names = options.only ?? known
for (const name of names.filter((n) => !known.includes(n))) {
  console.error(`no schema '${name}': there are ${known.join(', ')}`)
  process.exit(2)
}

// Without a choice, all parts.
const chosen = ['scans', 'patterns', 'jobs'].filter((part) => options[part])
const runs = (part) => !chosen.length || chosen.includes(part)

const base = temporaryFolder()
const work = fs.mkdtempSync(path.join(build, 'work-'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130))
process.once('exit', () => {
  if (options.keep) console.log(`kept: ${base} ${work}`)
  else for (const folder of [base, work]) fs.rmSync(folder, { recursive: true, force: true })
})

const servers = {}
async function openDatabase(provider, name, schemaOptions) {
  if (provider === 'sqlite') return (await import('./lib/provider_sqlite.mjs')).open(work, name, schemaOptions)
  if (provider === 'mysql') {
    const mysql = await import('./lib/provider_mysql.mjs')
    servers.mysql ??= await startMariaDb(base, async (address) => (await mysql.connect(address)).end())
    return mysql.open(servers.mysql, name, schemaOptions)
  }
  servers.postgresql ??= await startPostgres(base, async (address) => (await postgres.connect(address)).end())
  return postgres.open(servers.postgresql, name, schemaOptions)
}

const seconds = () => `${Math.round(performance.now() / 1000)} s`
let failed = false
try {
  const judged = []
  const repeats = path.join(work, 'repeats'), jobs = path.join(work, 'jobs')
  const write = (folder, files) => {
    fs.mkdirSync(folder, { recursive: true })
    for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), text)
  }
  const disagree = (wrong) => {
    for (const line of wrong) console.log(`  truth and author disagree: ${line}`)
    failed = failed || wrong.length > 0
  }
  for (const name of names) {
    const opened = await open(name, openDatabase, work)
    if (runs('scans')) {
      const prepared = await prepareScans(opened)
      const need = prepared.labels.scans.filter((scan) => scan.required).length
      console.log(`${name} (${prepared.provider}): ${prepared.scenarios.length} scenarios, ${prepared.labels.distinct.length} statements, ` +
        `${need} required, ${prepared.labels.scans.filter((scan) => scan.optional).length} optional; ${seconds()}`)
      disagree(prepared.wrong)
      if (options.record) {
        write(path.join(options.record, name), prepared.files)
      } else {
        const { judge } = await import('./lib/judge.mjs')
        if (prepared.files[options.log]) judged.push(await judge(program, prepared, path.join(work, name), options.log))
        else console.log(`  has no ${options.log}`)
      }
    }
    if (runs('patterns')) {
      const prepared = await preparePatterns(opened)
      console.log(`${name} (${prepared.provider}): ${prepared.scenarios.length} scenarios of repetition, ${prepared.required} repeats required, ` +
        `${prepared.legitimate} legitimate; ${seconds()}`)
      disagree(prepared.wrong)
      for (const scenario of prepared.scenarios) write(path.join(options.record ?? repeats, `${name}-${scenario.name}`), scenario.files)
    }
    if (runs('jobs')) {
      const prepared = await prepareJobs(opened)
      console.log(`${name} (${prepared.provider}): ${prepared.jobs.length} jobs, ${prepared.required} loops required, ${prepared.silent} jobs without any; ${seconds()}`)
      disagree(prepared.wrong)
      for (const job of prepared.jobs) write(path.join(options.record ?? jobs, `${name}-job-${job.name}`), job.files)
    }
    await opened.database.close()
  }
  if (!options.record && runs('scans')) {
    const { report } = await import('./lib/report.mjs')
    failed = !report(judged, options.verbose) || failed
  }
  if (!options.record && runs('patterns')) {
    console.log()
    failed = !scorePatterns(program, repeats, options.verbose) || failed
    console.log(`repeats judged; ${seconds()}`)
  }
  if (!options.record && runs('jobs')) {
    const { judgeJobs, reportJobs } = await import('./lib/judge_jobs.mjs')
    failed = !reportJobs(await judgeJobs(program, jobs), { verbose: options.verbose, few: names.length < known.length }) || failed
    console.log(`jobs judged; ${seconds()}`)
  }
} catch (error) {
  console.error(error)
  failed = true
} finally {
  await stopServers()
}
console.log(`took ${seconds()}`)
process.exit(failed ? 1 : 0)
