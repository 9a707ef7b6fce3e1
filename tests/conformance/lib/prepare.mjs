// One schema from nothing to a recording: tables, data, statements, row counts and labels.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { here } from './packages.mjs'
import { generateClient, readSchema, tablesOf } from './schema.mjs'
import { consoleLog, jsonLog, record } from './record.mjs'
import { jobFiles, jobLabels, recordJobs } from './jobs.mjs'
import { patternFiles, patternLabels, recordPatterns } from './patterns.mjs'
import { labelsOf } from './truth.mjs'
import { disagreements } from './expectations.mjs'

const load = (folder, file) => import(pathToFileURL(path.join(folder, file)).href)

function namedOnce(name, scenarios) {
  const twice = scenarios.find((s, i) => scenarios.findIndex((other) => other.name === s.name) !== i)
  if (twice) throw new Error(`${name}: two scenarios are named ${twice.name}`)
  return scenarios
}

// The database of a schema with its data, and the client.
export async function open(name, openDatabase, work) {
  const folder = path.join(here, 'schemas', name)
  const schema = await readSchema(fs.readFileSync(path.join(folder, 'schema.prisma'), 'utf8'))
  const provider = schema.text.match(/datasource \w+ \{[^}]*provider\s*=\s*"(\w+)"/s)[1]
  const { data } = await load(folder, 'data.mjs')
  const { options = {} } = await load(folder, 'scenarios.mjs')
  const PrismaClient = generateClient(schema, path.join(work, name))
  const database = await openDatabase(provider, name, options)
  for (const statement of await tablesOf(provider, schema, database.adapter())) {
    // Foreign keys come last in the script, and the data keeps them.
    await database.run(statement)
  }
  for (const entry of data) await database.load(schema, entry)
  await database.ready()
  return { name, folder, provider, schema, database, PrismaClient }
}

export async function prepareScans({ name, folder, provider, schema, database, PrismaClient }) {
  const scenarios = namedOnce(name, (await load(folder, 'scenarios.mjs')).scenarios)
  await database.startLog()
  const events = await record(PrismaClient, database.recordingAdapter(), scenarios)
  const logs = { 'app.ndjson': jsonLog(events), 'console.log': consoleLog(events), ...(await database.logs()) }
  const { counts, text } = await database.tableRows()
  const { scans, plans, distinct } = await labelsOf(events, database, counts)
  const labels = { scenario: name, schema: name, provider, statements: events.length, tables: Object.fromEntries(counts),
    patterns: [], scans, distinct }
  return { name, provider, schema, database, scenarios, events, labels, plans,
    files: { ...logs, 'schema.prisma': schema.text, 'table-rows.csv': text,
      'labels.json': JSON.stringify(labels, null, 1), 'explain.json': JSON.stringify(plans, null, 1) },
    wrong: disagreements(scenarios, scans) }
}

// Last of all, because these scenarios write: one set of files for each scenario.
export async function preparePatterns({ name, folder, provider, schema, database, PrismaClient }) {
  const patterns = namedOnce(name, (await load(folder, 'patterns.mjs')).patterns)
  const recorded = (await recordPatterns(PrismaClient, database.adapter(), patterns)).map((one) => ({ ...one, labels: patternLabels(schema, one) }))
  const repeats = recorded.flatMap((one) => one.labels.patterns)
  return { name, provider, required: repeats.filter((p) => p.required).length, legitimate: repeats.filter((p) => p.rule === 'legit_repeat').length,
    scenarios: recorded.map((one) => ({ name: one.pattern.name, files: patternFiles(schema, provider, name, one, one.labels) })),
    wrong: recorded.flatMap((one) => one.labels.wrong) }
}

// After everything else, since jobs write too. SQLite has one writer, who would wait in this very process: there one job runs at
// a time.
export async function prepareJobs({ name, folder, provider, schema, database, PrismaClient }) {
  const jobs = namedOnce(name, (await load(folder, 'jobs.mjs')).jobs)
  const recorded = (await recordJobs(PrismaClient, database.jobAdapter ?? database.adapter, jobs, provider === 'sqlite' ? 1 : 6))
    .map((one) => ({ ...one, labels: jobLabels(one) }))
  const loops = recorded.flatMap((one) => one.labels.loops)
  return { name, provider, required: loops.filter((loop) => loop.required).length, silent: jobs.filter((job) => job.silent).length,
    jobs: recorded.map((one) => ({ name: one.job.name, files: jobFiles(schema, provider, name, one, one.labels) })),
    wrong: recorded.flatMap((one) => one.labels.wrong) }
}
