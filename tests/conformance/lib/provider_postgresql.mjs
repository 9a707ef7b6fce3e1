// PostgreSQL: one database of the private server for each schema.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { need } from './packages.mjs'
import { migration } from './schema.mjs'
import { resolve, tableText } from './table_text.mjs'
import { accessesOf, scansOf } from './plan_postgresql.mjs'
import { helped } from './use.mjs'

const id = (name) => `"${name.replaceAll('"', '""')}"`

export async function connect(address, options = {}) {
  const client = new (need('pg').Client)({ ...address, database: 'postgres', ...options })
  client.on('error', () => {})
  await client.connect()
  return client
}

export async function open(server, name, { planFormat = 'json', extensions = [], schemas = ['public'] } = {}) {
  const root = await connect(server)
  await root.query(`CREATE DATABASE ${id(name)}`)
  // Only for the harness, which names tables without their schema; Prisma writes both.
  await root.query(`ALTER DATABASE ${id(name)} SET search_path = ${schemas.map(id).join(', ')}`)
  await root.end()
  const url = `postgresql://postgres@127.0.0.1:${server.port}/${name}`
  const { PrismaPg } = need('@prisma/adapter-pg')
  const client = await connect(server, { database: name })
  for (const extension of extensions) await client.query(`CREATE EXTENSION ${id(extension)}`)
  let from = 0, leading

  // First column and method of every index: a condition on a later column alone is no lookup.
  const readIndexes = async () => {
    const { rows } = await client.query(`SELECT c.relname AS name, am.amname AS method, pg_get_indexdef(i.indexrelid, 1, true) AS lead
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam`)
    leading = new Map(rows.map((row) => [row.name, { method: row.method, column: row.lead.replaceAll('"', '') }]))
  }

  const explain = async (sql, params, { analyze = false, off = [] } = {}) => {
    await client.query('BEGIN')
    try {
      for (const setting of off) await client.query(`SET LOCAL enable_${setting} = off`)
      const answer = await client.query({ text: `EXPLAIN (FORMAT JSON${analyze ? ', ANALYZE, TIMING OFF' : ''}) ${sql}`, values: params })
      return answer.rows[0]['QUERY PLAN'][0].Plan
    } finally {
      await client.query('ROLLBACK')
    }
  }

  return {
    adapter: () => new PrismaPg({ connectionString: url }),
    recordingAdapter: () => new PrismaPg({ connectionString: url, options:
      `-c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on -c auto_explain.log_format=${planFormat}` }),
    run: (sql) => client.query(sql),
    load(schema, entry) {
      const { table, rows, fields, columns } = resolve(schema, entry)
      const text = tableText(rows, fields, { bool: (b) => (b ? 't' : 'f'), date: (d) => d.toISOString(),
        list: (values) => `{${values.map((v) => `"${String(v).replace(/["\\]/g, '\\$&')}"`).join(',')}}` })
      execFileSync('psql', ['-q', '-v', 'ON_ERROR_STOP=1', url, '-c', `\\copy ${id(table)} (${columns.map(id).join(', ')}) FROM STDIN`],
        { input: text, stdio: ['pipe', 'ignore', 'inherit'] })
    },
    async ready() {
      // COPY does not move the sequences.
      const { rows } = await client.query(`SELECT table_name AS t, column_name AS c FROM information_schema.columns
        WHERE column_default LIKE 'nextval%'`)
      for (const { t, c } of rows) {
        await client.query(`SELECT setval(pg_get_serial_sequence('${id(t)}', '${c}'), (SELECT coalesce(max(${id(c)}), 1) FROM ${id(t)}))`)
      }
      await client.query('VACUUM ANALYZE')
      await readIndexes()
    },
    // As people export it: SELECT schemaname, relname, n_live_tup FROM pg_stat_user_tables.
    async tableRows() {
      const { rows: tables } = await client.query(`SELECT schemaname, relname FROM pg_stat_user_tables ORDER BY relname`)
      const counts = new Map(), lines = []
      for (const { schemaname, relname } of tables) {
        counts.set(relname, Number((await client.query(`SELECT count(*) FROM ${id(relname)}`)).rows[0].count))
        lines.push(`${schemaname},${relname},${counts.get(relname)}`)
      }
      return { counts, text: `schemaname,relname,n_live_tup\n${lines.join('\n')}\n` }
    },
    startLog: () => { from = fs.statSync(server.log).size },
    logs: () => ({ 'postgresql.log': fs.readFileSync(server.log).subarray(from).toString() }),
    async accesses(sql, params) {
      return accessesOf({ explain, leading }, sql, params)
    },
    // Tables that refer to the one that a DELETE names, and to those whose rows go with it; could an index find them?
    async references(sql) {
      const found = []
      const tables = new Set([sql.match(/^\s*DELETE FROM (?:"\w+"\.)?"?(\w+)"?/i)?.[1]])
      for (const table of tables) {
        const { rows } = await client.query(`SELECT child.relname AS table, a.attname AS column, c.confdeltype AS action FROM pg_constraint c
          JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid
          JOIN pg_attribute a ON a.attrelid = child.oid AND a.attnum = c.conkey[1] WHERE c.contype = 'f' AND parent.relname = $1`, [table])
        for (const { table: child, column, action } of rows) {
          if (action === 'c') tables.add(child)
          const { rows: [some] } = await client.query(`SELECT ${id(column)} AS value FROM ${id(child)} WHERE ${id(column)} IS NOT NULL LIMIT 1`)
          if (!some) continue
          const scans = scansOf(await explain(`SELECT 1 FROM ${id(child)} WHERE ${id(column)} = $1`, [some.value], { off: ['seqscan'] }), leading)
          found.push({ table: child, column, restricts: action === 'a' || action === 'r', capable: scans.some((scan) => scan.lookup) })
        }
      }
      return found
    },
    async createIndex(adapter, schema, changed) {
      const script = await migration(adapter, schema.text, changed.text)
      for (const sql of script) {
        const ops = sql.match(/gin_trgm_ops|gist_trgm_ops/)
        if (ops) await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm')
        await client.query(sql)
      }
      await readIndexes()
      const names = script.map((sql) => sql.match(/INDEX "([^"]+)"/)?.[1]).filter(Boolean)
      return { names, sql: script.join('; '), drop: async () => { for (const name of names) await client.query(`DROP INDEX ${id(name)}`) } }
    },
    // What the planner makes of indexes: 'used', 'usable' (only when a sequential scan is forbidden) or 'unused'.
    async useOf(sql, params, names) {
      const plan = await explain(sql, params)
      const cost = Math.round(plan['Total Cost'])
      if (helped(scansOf(plan, leading), names)) return { use: 'used', cost }
      const forced = scansOf(await explain(sql, params, { off: ['seqscan'] }), leading)
      return { use: helped(forced, names) ? 'usable' : 'unused', cost }
    },
    close: () => client.end(),
  }
}
