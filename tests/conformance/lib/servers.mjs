// Private PostgreSQL and MariaDB servers in a temporary folder, on free ports of localhost. They are children of this
// process and end with it, even when it is killed.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const root = process.getuid() === 0
const running = new Set()

// A database server refuses to run as root; it gets the user that its package made.
function as(user, command, args) {
  const death = ['--pdeathsig', user === 'postgres' ? 'INT' : 'TERM']
  const who = root ? ['--reuid', user, '--regid', user, '--clear-groups'] : []
  return ['setpriv', [...who, ...death, command, ...args]]
}

function folder(base, name, user) {
  const made = path.join(base, name)
  fs.mkdirSync(made, { recursive: true })
  if (root) execFileSync('chown', [user, made])
  return made
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

function run(user, command, args) {
  const ran = spawnSync(...as(user, command, args), { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`${command}: ${ran.error ?? ''}${ran.stdout}${ran.stderr}`)
}

function start(user, command, args, logPath) {
  const log = fs.openSync(logPath, 'a')
  const child = spawn(...as(user, command, args), { stdio: ['ignore', log, log] })
  fs.closeSync(log)
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

async function until(what, child, logPath, ready) {
  for (let i = 0; i < 300; i++) {
    if (child.exitCode !== null) break
    if (await ready().then(() => true, () => false)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${what} did not start:\n${fs.readFileSync(logPath, 'utf8').slice(-3000)}`)
}

function binary(name, ...folders) {
  const places = [...folders, '/usr/sbin', '/usr/bin', '/usr/local/bin']
  const found = places.map((place) => path.join(place, name)).find((file) => fs.existsSync(file))
  if (!found) throw new Error(`${name} is not installed`)
  return found
}

const postgresFolders = () => {
  const base = '/usr/lib/postgresql'
  const versions = fs.existsSync(base) ? fs.readdirSync(base).sort((a, b) => b - a) : []
  return versions.map((version) => path.join(base, version, 'bin'))
}

export function temporaryFolder() {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'budgetcheck-conformance-'))
  fs.chmodSync(base, 0o755)
  return base
}

export async function startPostgres(base, connect) {
  const dir = folder(base, 'postgresql', 'postgres')
  const data = path.join(dir, 'data')
  const log = path.join(dir, 'server.log')
  // The collation is one that nearly every deployment has: not "C", so a LIKE prefix cannot use a plain btree.
  run('postgres', binary('initdb', ...postgresFolders()),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-N', '--locale=C.UTF-8', '-E', 'UTF8'])
  const port = await freePort()
  // Plans must not depend on when statistics are gathered or on how many cores there are.
  const settings = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off', 'autovacuum=off', 'jit=off',
    'max_parallel_workers_per_gather=0', 'default_statistics_target=300', 'listen_addresses=127.0.0.1', `unix_socket_directories=${dir}`,
    'shared_preload_libraries=auto_explain', 'logging_collector=off', 'timezone=UTC', 'log_timezone=UTC',
    'log_line_prefix=%m [%p] ', 'maintenance_work_mem=128MB', 'max_wal_size=2GB']
  const child = start('postgres', binary('postgres', ...postgresFolders()),
    ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], log)
  const address = { host: '127.0.0.1', port, user: 'postgres' }
  await until('PostgreSQL', child, log, () => connect(address))
  return { ...address, log }
}

export async function startMariaDb(base, connect) {
  const dir = folder(base, 'mariadb', 'mysql')
  const data = path.join(dir, 'data')
  const log = path.join(dir, 'server.log')
  const slowLog = path.join(dir, 'slow.log')
  run('mysql', binary('mariadb-install-db'), [
    '--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'])
  const port = await freePort()
  const child = start('mysql', binary('mariadbd'), [
    '--no-defaults', `--datadir=${data}`, `--socket=${dir}/server.sock`, `--port=${port}`, '--bind-address=127.0.0.1',
    `--pid-file=${dir}/server.pid`, '--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_ci',
    '--innodb-flush-log-at-trx-commit=0', '--skip-log-bin', '--innodb-stats-auto-recalc=OFF', '--innodb-stats-persistent-sample-pages=300', '--local-infile=ON',
    '--skip-name-resolve', '--default-time-zone=+00:00', '--innodb-buffer-pool-size=256M',
    '--slow-query-log=ON', `--slow-query-log-file=${slowLog}`, '--log-slow-verbosity=explain,query_plan',
    '--long-query-time=3600'], log)
  const address = { host: '127.0.0.1', port, user: 'root' }
  await until('MariaDB', child, log, () => connect(address))
  return { ...address, log, slowLog }
}

export async function stopServers() {
  const waits = [...running].map((child) => new Promise((resolve) => {
    const hard = setTimeout(() => child.kill('SIGKILL'), 8000)
    child.once('exit', () => { clearTimeout(hard); resolve() })
  }))
  for (const child of running) child.kill(child.spawnargs.includes('INT') ? 'SIGINT' : 'SIGTERM')
  await Promise.all(waits)
}

process.once('exit', () => { for (const child of running) child.kill('SIGKILL') })
