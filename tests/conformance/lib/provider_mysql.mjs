// MariaDB, which stands for MySQL: one database of the private server for each schema.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { need } from './packages.mjs'
import { mysqlIndex } from './mysql_ddl.mjs'
import { resolve, tableText } from './table_text.mjs'
import { accessesOf, serves } from './plan_mysql.mjs'
import { helped } from './use.mjs'

const id = (name) => `\`${name}\``
const address = (server) => ({ host: server.host, port: server.port, user: server.user, allowPublicKeyRetrieval: true })

export const connect = (server, options = {}) =>
  need('mariadb').createConnection({ ...address(server), bigIntAsNumber: true, ...options })

// Limits arrive in the log as strings, and MySQL takes only numbers there. Dates lose the form that JSON gave them.
export function valuesFor(sql, params) {
  let i = 0
  const values = [...params]
  for (const match of sql.matchAll(/'(?:[^'\\]|\\.|'')*'|`[^`]*`|\b(limit|offset)\s+\?|\?/gi)) {
    if (match[0].startsWith("'") || match[0].startsWith('`')) continue
    if (match[1]) values[i] = Number(values[i])
    else if (typeof values[i] === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(values[i])) {
      values[i] = new Date(values[i]).toISOString().replace('T', ' ').replace('Z', '')
    }
    i++
  }
  return values
}

export async function open(server, name) {
  const client = await connect(server)
  await client.query(`CREATE DATABASE ${id(name)} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
  await client.query(`USE ${id(name)}`)
  const { PrismaMariaDb } = need('@prisma/adapter-mariadb')
  const adapter = (connectionLimit = 1) => new PrismaMariaDb({ ...address(server), database: name, connectionLimit })
  let from = 0
  client.on('error', () => {}) // the server is stopped under it when something failed
  const keysOf = async (table) => new Map([...(await client.query(`SHOW CREATE TABLE ${id(table)}`))[0]['Create Table']
    .matchAll(/^\s+((?:UNIQUE |FULLTEXT )?KEY `([^`]+)` \([^\n]*\))/gm)].map(([, definition, key]) => [key, definition]))
  const tables = async () => (await client.query('SHOW TABLES')).map((row) => Object.values(row)[0])

  return {
    adapter: () => adapter(),
    recordingAdapter: () => adapter(),
    jobAdapter: () => adapter(4),
    run: (sql) => client.query(sql),
    load(schema, entry) {
      const { table, rows, fields, columns } = resolve(schema, entry)
      const file = path.join(os.tmpdir(), `conformance-${process.pid}-${table}.tsv`)
      fs.writeFileSync(file, tableText(rows, fields, { bool: (b) => (b ? '1' : '0'),
        date: (d) => d.toISOString().replace('T', ' ').replace('Z', ''), list: JSON.stringify }))
      try {
        execFileSync('mariadb', ['--no-defaults', '-h', server.host, '-P', String(server.port), '-u', server.user, '--local-infile=1', name, '-e',
          `SET foreign_key_checks=0; SET unique_checks=0; LOAD DATA LOCAL INFILE '${file}' INTO TABLE ${id(table)} CHARACTER SET utf8mb4 (${columns.map(id).join(', ')})`],
        { stdio: ['ignore', 'ignore', 'inherit'] })
      } finally {
        fs.rmSync(file)
      }
    },
    async ready() {
      for (const table of await tables()) await client.query(`ANALYZE TABLE ${id(table)} PERSISTENT FOR ALL`)
    },
    // As people export it: SELECT table_schema, table_name, table_rows FROM information_schema.tables.
    async tableRows() {
      const counts = new Map()
      for (const table of await tables()) counts.set(table, Number((await client.query(`SELECT count(*) AS n FROM ${id(table)}`))[0].n))
      const lines = [...counts].map(([table, count]) => `${name},${table},${count}`)
      return { counts, text: `TABLE_SCHEMA,TABLE_NAME,TABLE_ROWS\n${lines.join('\n')}\n` }
    },
    async startLog() {
      await client.query('SET GLOBAL long_query_time = 0')
      from = fs.existsSync(server.slowLog) ? fs.statSync(server.slowLog).size : 0
    },
    async logs() {
      await client.query('SET GLOBAL long_query_time = 3600')
      return { 'mariadb-slow.log': fs.readFileSync(server.slowLog).subarray(from).toString() }
    },
    accesses: (sql, params) => accessesOf(client, sql, valuesFor(sql, params)),
    async createIndex(_, schema, changed) {
      const names = new Set(schema.dmmf.indexes.map((index) => JSON.stringify(index)))
      const added = changed.dmmf.indexes.filter((index) => !names.has(JSON.stringify(index)))
      const made = added.map((index) => {
        const model = changed.dmmf.models.find((m) => m.name === index.model)
        return { table: model.dbName ?? model.name, ...mysqlIndex(model, index) }
      })
      const before = new Map()
      for (const { table, sql } of made) {
        before.set(table, before.get(table) ?? (await keysOf(table)))
        await client.query(sql)
        await client.query(`ANALYZE TABLE ${id(table)}`)
      }
      // An index that MySQL made for a foreign key goes when a better one comes; it has to come back.
      const drop = async () => {
        for (const { table, name: index } of made) {
          const left = await keysOf(table)
          const lost = [...before.get(table)].filter(([key]) => !left.has(key)).map(([, definition]) => `, ADD ${definition}`)
          await client.query(`ALTER TABLE ${id(table)} DROP INDEX ${id(index)}${lost.join('')}`)
        }
      }
      return { names: made.map((m) => m.name), sql: made.map((m) => m.sql).join('; '), drop }
    },
    async useOf(sql, params, names) {
      const values = valuesFor(sql, params)
      const rows = await client.query(`EXPLAIN ${sql}`, values)
      const cost = rows.reduce((sum, row) => sum + Number(row.rows ?? 0), 0)
      const { accesses } = await accessesOf(client, sql, values)
      if (helped(accesses, names)) return { use: 'used', cost }
      for (const access of accesses.filter((a) => names.some((index) => a.keys?.includes(index)))) {
        if (await serves(client, sql, values, { ...access, keys: names })) return { use: 'usable', cost }
      }
      return { use: 'unused', cost }
    },
    close: () => client.end(),
  }
}
