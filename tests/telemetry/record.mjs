// Runs the instrumented programs on a private PostgreSQL, sends what plan.mjs says, and keeps what they export and log.
import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres, stopServers, temporaryFolder } from '../conformance/lib/servers.mjs'
import { routes, tenant } from './plan.mjs'

const here = path.dirname(fileURLToPath(import.meta.url))

// What an application's owner would write: http/json, one export a line.
function receiver(folder) {
  const server = http.createServer((request, response) => {
    const parts = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const file = request.url === '/v1/traces' ? 'traces.otlp.jsonl' : request.url === '/v1/logs' ? 'logs.otlp.jsonl' : null
      if (file) fs.appendFileSync(path.join(folder, file), Buffer.concat([...parts, Buffer.from('\n')]))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

// The packages are in FOLDER, and so is a copy of the programs, which find them there.
function prepare(folder) {
  const app = path.join(folder, 'app')
  fs.mkdirSync(app, { recursive: true })
  for (const file of fs.readdirSync(path.join(here, 'app'))) fs.copyFileSync(path.join(here, 'app', file), path.join(app, file))
  fs.copyFileSync(path.join(here, 'schema.prisma'), path.join(app, 'schema.prisma'))
  // `generate` wants a schema engine but does not run it; the real one is a download.
  execFileSync(process.execPath, [path.join(folder, 'node_modules/prisma/build/index.js'), 'generate', '--schema', path.join(app, 'schema.prisma')], {
    cwd: app, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' } })
  return app
}

async function start(app, name, log, env) {
  const child = spawn(process.execPath, ['--require', './instrument.cjs', `${name}.cjs`], {
    cwd: app, stdio: ['ignore', log ? fs.openSync(log, 'a') : 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, OTEL_SERVICE_NAME: name, OTEL_NODE_RESOURCE_DETECTORS: 'env', ...env } })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const { port } = await Promise.race([new Promise((resolve) => child.once('message', resolve)),
    ended.then((code) => { throw new Error(`${name} ended with ${code} before it listened`) })])
  return { address: `http://127.0.0.1:${port}`, stop: async () => {
    child.send('stop')
    const code = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20_000, 'no answer').unref())])
    if (code !== 0) { child.kill('SIGKILL'); throw new Error(`${name} did not end well: ${code}`) }
  } }
}

async function send(address) {
  const agent = new http.Agent({ keepAlive: true })
  const ask = (method, url, body) => new Promise((resolve, reject) => {
    const begun = performance.now()
    const request = http.request(address + url, { agent, method, headers: { 'x-tenant': tenant, ...(body ? { 'content-type': 'application/json' } : {}) } },
      (response) => response.resume().on('end', () => resolve({ status: response.statusCode, ms: performance.now() - begun })))
    request.on('error', reject).end(body && JSON.stringify(body))
  })
  const sent = []
  for (const { route, method = 'GET', paths, body, status = [200] } of routes) {
    const answers = []
    for (const url of paths) {
      const answer = await ask(method, url, body)
      if (!status.includes(answer.status)) throw new Error(`${method} ${url} answered ${answer.status}`)
      answers.push(answer)
    }
    sent.push({ route, method, answers })
  }
  agent.destroy()
  return sent
}

// Statements as the server counts them, without those of the start.
const executed = (log) => (log.match(/LOG: {2}(execute [^:]+|statement):/g) ?? []).length

// {sent: [{route, method, answers: [{status, ms}]}], statements}; the files are in `out`.
export async function record(folder, out, { withValues }) {
  const app = prepare(folder)
  const { Client } = createRequire(path.join(folder, 'package.json'))('pg')
  const connect = async (address, database = 'postgres') => {
    const client = new Client({ ...address, database })
    await client.connect()
    return client
  }
  fs.rmSync(out, { recursive: true, force: true })
  fs.mkdirSync(out, { recursive: true })
  const base = temporaryFolder()
  const exports_ = await receiver(out)
  try {
    const server = await startPostgres(base, async (address) => (await connect(address)).end())
    const root = await connect(server)
    await root.query('CREATE DATABASE shop')
    const client = await connect(server, 'shop')
    await client.query(fs.readFileSync(path.join(here, 'tables.sql'), 'utf8'))
    await root.query("ALTER DATABASE shop SET log_statement = 'all'")
    await client.end()
    await root.end()
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${exports_.address().port}`, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_TRACES_EXPORTER: 'otlp', OTEL_LOGS_EXPORTER: 'otlp', OTEL_METRICS_EXPORTER: 'none', WITH_VALUES: String(withValues) }
    const prices = await start(app, 'prices', null, env)
    const shop = await start(app, 'shop', path.join(out, 'app.log'), { ...env, PRICES: prices.address,
      DATABASE_URL: `postgresql://postgres@127.0.0.1:${server.port}/shop` })
    const before = fs.statSync(server.log).size
    const sent = await send(shop.address)
    await shop.stop()
    await prices.stop()
    return { sent, statements: executed(fs.readFileSync(server.log).subarray(before).toString()) }
  } finally {
    exports_.close()
    await stopServers()
    fs.rmSync(base, { recursive: true, force: true })
  }
}
