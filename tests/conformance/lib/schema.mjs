// What schema.prisma says: names in the database, types, and the statements that make its tables.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { build, need } from './packages.mjs'
import { mysqlTables } from './mysql_ddl.mjs'

export const getDmmf = async (text) => (await need('@prisma/internals').getDMMF({ datamodel: text })).datamodel

// {models: {Post: {table, fields: {authorId: {column, type, list, values}}}}, dmmf}
export async function readSchema(text) {
  const dmmf = await getDmmf(text)
  const enums = new Map(dmmf.enums.map((e) => [e.name, new Map(e.values.map((v) => [v.name, v.dbName ?? v.name]))]))
  const models = {}
  for (const model of dmmf.models) {
    const fields = {}
    for (const field of model.fields.filter((f) => f.kind !== 'object')) {
      fields[field.name] = { column: field.dbName ?? field.name, type: field.type, list: field.isList,
        values: enums.get(field.type), native: field.nativeType }
    }
    models[model.name] = { table: model.dbName ?? model.name, fields }
  }
  return { models, dmmf, text }
}

// Prisma's own client, with the path of its output replaced.
export function generateClient(schema, folder) {
  fs.mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'schema.prisma')
  fs.writeFileSync(file, schema.text.replace(/(output\s*=\s*)"[^"]*"/, '$1"./client"'))
  // `generate` wants a schema engine but does not run it; the real one is a download.
  execFileSync(process.execPath, [path.join(build, 'node_modules/prisma/build/index.js'), 'generate', '--schema', file], {
    cwd: folder, stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' } })
  return need(path.join(folder, 'client')).PrismaClient
}

let engineModule
async function schemaEngine() {
  if (!engineModule) {
    globalThis.PRISMA_WASM_PANIC_REGISTRY ??= { set_message: (message) => process.stderr.write(`${message}\n`) }
    const folder = path.dirname(need.resolve('@prisma/schema-engine-wasm'))
    engineModule = await import(path.join(folder, 'schema_engine_bg.js'))
    const instance = new WebAssembly.Instance(
      new WebAssembly.Module(fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm'))), { './schema_engine_bg.js': engineModule })
    engineModule.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start()
  }
  return engineModule.SchemaEngine
}

// The script that `prisma migrate diff` would write from one schema (null: nothing) to another, as the engine that runs
// inside node writes it. That engine knows no MySQL; its tables are written by mysql_ddl.mjs.
export async function migration(adapter, from, to) {
  const bind = need('@prisma/driver-adapter-utils').bindMigrationAwareSqlAdapterFactory
  const target = (text) => (text === null ? { tag: 'empty' }
    : { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: text }] })
  const engine = await (await schemaEngine()).new({ datamodels: [['schema.prisma', to]] }, () => {}, bind(adapter))
  const answer = await engine.diff({ from: target(from), to: target(to), script: true, exitCode: null,
    shadowDatabaseUrl: null, filters: { externalTables: [], externalEnums: [] } })
  engine.free()
  return statementsOf(answer.stdout)
}

export const statementsOf = (script) =>
  script.replace(/^--.*$/gm, '').split(/;\s*$/m).map((statement) => statement.trim()).filter(Boolean)

export const tablesOf = (provider, schema, adapter) =>
  provider === 'mysql' ? mysqlTables(schema.dmmf, !/relationMode\s*=\s*"prisma"/.test(schema.text)) : migration(adapter, null, schema.text)
