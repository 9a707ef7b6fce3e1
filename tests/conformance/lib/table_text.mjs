// Rows as the tab-separated text that both COPY and LOAD DATA read.
const escape = (text) => text.replace(/[\\\t\n\r]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c])

// `bool` and `date` say how a provider writes them.
export function tableText(rows, fields, { bool, date, list }) {
  const cell = (value, field) => {
    if (value === null || value === undefined) return '\\N'
    if (field?.values && !field.list) return escape(field.values.get(value) ?? value)
    if (typeof value === 'boolean') return bool(value)
    if (value instanceof Date) return date(value)
    if (field?.list && Array.isArray(value)) return escape(list(value))
    if (typeof value === 'object') return escape(JSON.stringify(value))
    return escape(String(value))
  }
  return rows.map((row) => fields.map(([name, field]) => cell(row[name], field)).join('\t')).join('\n') + '\n'
}

// The table of a data entry, its columns and rows. An entry names a model by its fields, or a join table by its columns.
export function resolve(schema, [name, count, make]) {
  const rows = Array.from({ length: count }, (_, i) => make(i))
  const model = schema.models[name]
  const names = Object.keys(rows[0])
  return { table: model?.table ?? name, rows,
    fields: names.map((field) => {
      if (model && !model.fields[field]) throw new Error(`${name} has no field ${field}`)
      return [field, model?.fields[field]]
    }),
    columns: names.map((field) => model?.fields[field].column ?? field) }
}
