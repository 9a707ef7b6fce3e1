// Every index that a finding proposes is made in the database, by Prisma's own migration where its engine can, and the
// planner is asked whether it takes it.
import { readSchema } from './schema.mjs'
import { statement } from './fingerprint.mjs'

// The lines of a fix: @@index([tenantId, createdAt(sort: Desc)], type: Gin), with brackets inside brackets. An OR needs
// an index for each of its branches, so all of them are made together.
export function lineOf(fix) {
  const text = fix?.text ?? ''
  const lines = []
  for (const { index: start } of text.matchAll(/@@(index|unique|fulltext)\(/g)) {
    for (let i = text.indexOf('(', start), depth = 0; i < text.length; i++) {
      if (text[i] === '(') depth++
      else if (text[i] === ')' && --depth === 0) {
        lines.push(text.slice(start, i + 1))
        break
      }
    }
  }
  if (lines.length) return lines.join('\n  ')
  return fix?.index?.length ? `@@index([${fix.index.join(', ')}])` : null
}

export function withLine(schemaText, model, line) {
  const pattern = new RegExp(`^model\\s+${model}\\s*\\{[\\s\\S]*?^\\}`, 'm')
  if (!pattern.test(schemaText)) throw new Error(`the schema has no model ${model}`)
  return schemaText.replace(pattern, (block) => block.replace(/\}$/, `  ${line}\n}`))
}

// [{model, line, sql, statements: [{text, use, before, after}], refused}]
export async function tryIndexes(findings, prepared) {
  const { database, schema, plans } = prepared
  const proposals = new Map()
  for (const finding of findings) {
    const line = lineOf(finding.fix)
    const hidden = / that is deleted,/.test(finding.message) // no plan shows what a delete looks for in other tables
    if (!line || !finding.fix.model || hidden) continue
    const id = `${finding.fix.model} ${line}`
    const proposal = proposals.get(id) ?? proposals.set(id, { model: finding.fix.model, line, fields: finding.fix.index, texts: new Set() }).get(id)
    proposal.texts.add(statement(finding.evidence?.sql ?? ''))
  }
  const tried = []
  for (const { model, line, fields, texts } of proposals.values()) {
    const entry = { model, line, statements: [] }
    tried.push(entry)
    const executions = plans.filter((plan) => texts.has(statement(plan.sql)))
    const explain = async (names) => {
      const uses = []
      for (const { sql, params } of executions) {
        uses.push(await database.useOf(sql, JSON.parse(params), names))
      }
      return uses
    }
    let made
    try {
      const text = withLine(schema.text, model, line)
      const changed = await readSchema(text)
      const old = new Set(schema.dmmf.indexes.map((index) => JSON.stringify(index)))
      const added = changed.dmmf.indexes.filter((index) => !old.has(JSON.stringify(index)))
      if (!added.length) throw new Error('the schema has this index already')
      const listed = added[0].fields.map((field) => field.name)
      if (fields?.length && JSON.stringify(listed) !== JSON.stringify(fields)) throw new Error(`fix.index says [${fields}], the line says [${listed}]`)
      const before = await explain([])
      made = await database.createIndex(database.adapter(), schema, changed)
      entry.sql = made.sql
      const after = await explain(made.names)
      entry.statements = executions.map(({ sql, scenarios }, i) => ({ sql, scenarios, use: after[i].use, before: before[i].cost, after: after[i].cost }))
    } catch (error) {
      entry.refused = error.message.replace(/\u001b\[[\d;]*m/g, '').trim().split('\n').map((part) => part.trim()).filter(Boolean).slice(0, 3).join(' ')
    } finally {
      await made?.drop()
    }
  }
  return tried
}

export const worstUse = (entry) => (entry.refused ? 'refused'
  : ['unused', 'usable', 'used'].find((use) => entry.statements.some((s) => s.use === use)) ?? 'untried')
