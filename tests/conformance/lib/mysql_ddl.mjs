// CREATE TABLE statements for MySQL from Prisma's parsed schema, as its migrations write them: types, keys, indexes with
// prefix lengths and sort order, and foreign keys (which MySQL gives an index when none serves).
const TYPES = { Int: 'INT', BigInt: 'BIGINT', Boolean: 'BOOLEAN', Float: 'DOUBLE', Decimal: 'DECIMAL(65,30)',
  DateTime: 'DATETIME(3)', Json: 'JSON', String: 'VARCHAR(191)', Bytes: 'LONGBLOB' }
const NATIVE = { UnsignedInt: 'INT UNSIGNED', UnsignedBigInt: 'BIGINT UNSIGNED' }
const ACTIONS = { Cascade: 'CASCADE', Restrict: 'RESTRICT', SetNull: 'SET NULL', NoAction: 'NO ACTION' }
const quoted = (name) => `\`${name}\``

function typeOf(field, enums) {
  if (field.kind === 'enum') {
    const values = enums.get(field.type).values.map((value) => `'${value.dbName ?? value.name}'`)
    return `ENUM(${values.join(', ')})`
  }
  if (!field.nativeType) return TYPES[field.type]
  const [name, args] = field.nativeType
  return NATIVE[name] ?? name.toUpperCase() + (args.length ? `(${args.join(',')})` : '')
}

export const mysqlIndex = (model, index) => {
  const kind = { unique: 'UNIQUE ', fulltext: 'FULLTEXT ' }[index.type] ?? ''
  const table = model.dbName ?? model.name
  const column = new Map(model.fields.map((field) => [field.name, field.dbName ?? field.name]))
  const parts = index.fields.map((part) =>
    quoted(column.get(part.name)) + (part.length ? `(${part.length})` : '') + (part.sortOrder === 'desc' ? ' DESC' : ''))
  const suffix = index.type === 'unique' ? 'key' : 'idx'
  const name = index.dbName ?? [table, ...index.fields.map((part) => column.get(part.name)), suffix].join('_')
  return { name, sql: `CREATE ${kind}INDEX ${quoted(name)} ON ${quoted(table)} (${parts.join(', ')})` }
}

// Without foreign keys (relationMode = "prisma") no column gets an index by itself.
export function mysqlTables(dmmf, foreignKeys = true) {
  const enums = new Map(dmmf.enums.map((e) => [e.name, e]))
  const models = new Map(dmmf.models.map((model) => [model.name, model]))
  const columnOf = (model, name) => {
    const field = model.fields.find((f) => f.name === name)
    return field.dbName ?? field.name
  }
  const tables = [], indexes = [], keys = []
  for (const model of dmmf.models) {
    const table = model.dbName ?? model.name
    const lines = model.fields.filter((field) => field.kind !== 'object').map((field) => {
      const increments = field.default?.name === 'autoincrement'
      return `${quoted(field.dbName ?? field.name)} ${typeOf(field, enums)} ${field.isRequired ? 'NOT NULL' : 'NULL'}` +
        (increments ? ' AUTO_INCREMENT' : '')
    })
    for (const index of dmmf.indexes.filter((i) => i.model === model.name)) {
      if (index.type === 'id') lines.push(`PRIMARY KEY (${index.fields.map((f) => quoted(columnOf(model, f.name))).join(', ')})`)
      else indexes.push(mysqlIndex(model, index).sql)
    }
    tables.push(`CREATE TABLE ${quoted(table)} (${lines.join(', ')}) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`)
    for (const field of model.fields.filter((f) => f.relationFromFields?.length)) {
      const from = field.relationFromFields.map((name) => columnOf(model, name))
      const other = models.get(field.type)
      const to = field.relationToFields.map((name) => columnOf(other, name))
      const action = ACTIONS[field.relationOnDelete] ?? (field.isRequired ? 'RESTRICT' : 'SET NULL')
      keys.push(`ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(`${table}_${from.join('_')}_fkey`)} FOREIGN KEY ` +
        `(${from.map(quoted).join(', ')}) REFERENCES ${quoted(other.dbName ?? other.name)} (${to.map(quoted).join(', ')}) ` +
        `ON DELETE ${action} ON UPDATE CASCADE`)
    }
  }
  for (const [name, a, b] of manyToMany(dmmf)) {
    const key = (model) => model.fields.find((field) => field.isId)
    tables.push(`CREATE TABLE ${quoted(name)} (\`A\` ${typeOf(key(a), enums)} NOT NULL, \`B\` ${typeOf(key(b), enums)} NOT NULL)`)
    indexes.push(`CREATE UNIQUE INDEX ${quoted(`${name}_AB_unique`)} ON ${quoted(name)} (\`A\`, \`B\`)`,
      `CREATE INDEX ${quoted(`${name}_B_index`)} ON ${quoted(name)} (\`B\`)`)
    for (const [column, model] of [['A', a], ['B', b]]) {
      keys.push(`ALTER TABLE ${quoted(name)} ADD CONSTRAINT ${quoted(`${name}_${column}_fkey`)} FOREIGN KEY (\`${column}\`) ` +
        `REFERENCES ${quoted(model.dbName ?? model.name)} (${quoted(key(model).dbName ?? key(model).name)}) ON DELETE CASCADE`)
    }
  }
  return [...tables, ...indexes, ...(foreignKeys ? keys : [])]
}

// Join tables of implicit relations: [name, model of column A, model of column B].
function manyToMany(dmmf) {
  const found = new Map()
  for (const model of dmmf.models) {
    for (const field of model.fields.filter((f) => f.kind === 'object' && f.isList)) {
      const other = dmmf.models.find((m) => m.name === field.type)
      const back = other.fields.find((f) => f.relationName === field.relationName && f !== field)
      if (back?.isList) {
        const [a, b] = [model, other].sort((x, y) => (x.name < y.name ? -1 : 1))
        found.set(`_${field.relationName}`, [`_${field.relationName}`, a, b])
      }
    }
  }
  return [...found.values()]
}
