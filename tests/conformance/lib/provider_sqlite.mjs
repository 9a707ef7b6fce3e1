// SQLite: a file for each schema, and a copy of its tables without data or statistics (see plan_sqlite.mjs).
import fs from 'node:fs'
import path from 'node:path'
import { need } from './packages.mjs'
import { migration } from './schema.mjs'
import { resolve } from './table_text.mjs'
import { accessesOf } from './plan_sqlite.mjs'
import { helped } from './use.mjs'

const id = (name) => `"${name}"`
const iso = (date) => date.toISOString().replace('Z', '+00:00') // as Prisma stores it

export const valuesFor = (params) => params.map((value) =>
  typeof value === 'boolean' ? Number(value)
    : typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? value.replace('Z', '+00:00')
      : value !== null && typeof value === 'object' ? JSON.stringify(value) : value)

export async function open(work, name) {
  const folder = path.join(work, name)
  fs.mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'data.db')
  const Database = need('better-sqlite3')
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = OFF')
  const bare = new Database(':memory:')
  const { PrismaBetterSqlite3 } = need('@prisma/adapter-better-sqlite3')
  const adapter = () => new PrismaBetterSqlite3({ url: `file:${file}` })
  const tables = () => database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`).pluck().all()
  const both = (sql) => { database.exec(sql); bare.exec(sql) }

  return {
    adapter,
    recordingAdapter: adapter,
    run: both,
    load(schema, entry) {
      const { table, rows, fields, columns } = resolve(schema, entry)
      const insert = database.prepare(`INSERT INTO ${id(table)} (${columns.map(id).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
      const cell = (value, field) => value === undefined ? null : value instanceof Date ? iso(value)
        : typeof value === 'boolean' ? Number(value) : field?.values ? field.values.get(value)
          : value !== null && typeof value === 'object' ? JSON.stringify(value) : value
      database.pragma('foreign_keys = OFF')
      database.transaction(() => { for (const row of rows) insert.run(fields.map(([key, field]) => cell(row[key], field))) })()
    },
    ready: () => database.exec('ANALYZE'),
    // As `.mode csv` prints a count of each table.
    tableRows() {
      const counts = new Map(tables().map((table) => [table, database.prepare(`SELECT count(*) FROM ${id(table)}`).pluck().get()]))
      return { counts, text: `table,rows\n${[...counts].map(([table, count]) => `${table},${count}`).join('\n')}\n` }
    },
    startLog() {},
    logs: () => ({}),
    accesses: (sql, params) => accessesOf(database, bare, sql, valuesFor(params)),
    // As in provider_postgresql.mjs.
    references(sql) {
      const found = []
      const parents = new Set([sql.match(/^\s*DELETE FROM (?:`\w+`\.)?[`"]?(\w+)[`"]?/i)?.[1]])
      for (const parent of parents) {
        for (const table of tables()) {
          for (const key of database.pragma(`foreign_key_list(${id(table)})`).filter((one) => one.table === parent && one.seq === 0)) {
            if (key.on_delete === 'CASCADE') parents.add(table)
            const { accesses } = accessesOf(database, bare, `SELECT 1 FROM ${id(table)} WHERE ${id(key.from)} = ?`, [1])
            found.push({ table, column: key.from, restricts: /NO ACTION|RESTRICT/.test(key.on_delete), capable: accesses.some((access) => access.lookup || access.capable) })
          }
        }
      }
      return found
    },
    async createIndex(factory, schema, changed) {
      const script = await migration(factory, schema.text, changed.text)
      for (const sql of script) both(sql)
      database.exec('ANALYZE')
      const names = script.map((sql) => sql.match(/INDEX "([^"]+)"/)?.[1]).filter(Boolean)
      return { names, sql: script.join('; '), drop: () => { for (const index of names) both(`DROP INDEX ${id(index)}`) } }
    },
    useOf(sql, params, names) {
      const within = (from) => helped(accessesOf(from, bare, sql, valuesFor(params)).accesses, names)
      return { use: within(database) ? 'used' : within(bare) ? 'usable' : 'unused', cost: null }
    },
    close() { database.close(); bare.close() },
  }
}
