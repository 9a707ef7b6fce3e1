// What a finding should be, from how the database reads: one label for each table that a statement reads without a lookup.
// Required labels must be found, optional ones may be found; everything else must not.
import { fingerprint, kindOf } from './fingerprint.mjs'

const SMALL = 1000 // rows; below this a scan is right
const required = (rule, verdict) => ({ rule, verdict, required: true, optional: false })
const optional = (verdict) => ({ rule: 'none', verdict, required: false, optional: true })
const harmless = (verdict) => ({ rule: 'none', verdict, required: false, optional: false })

export function verdictOf(access, rows, kind, sql) {
  if (access.lookup) return null
  if (rows < SMALL) return harmless('small_table')
  if (access.uncertain) return optional(access.uncertain)
  if (access.capable && (access.predicate || access.joined)) return optional('planner_choice')
  const early = access.read !== null && access.read < SMALL
  if (access.predicate || (access.correlated && access.loops > 1)) {
    // Rows found early are luck: with other values the same statement reads everything.
    if (access.limited && early) return optional(access.ordered ? 'index_order_filter' : 'early_stop')
    return required('full_scan', access.predicate ? 'no_index' : 'no_index_correlated')
  }
  if (access.joined || access.correlated || access.residue) return optional('join_full_read')
  if (kind !== 'select' && kind !== 'with') return optional('no_predicate_write')
  if (access.aggregated || /\b(count|sum|avg|min|max)\s*\(|\bgroup by\b|\bdistinct\b/i.test(sql)) return optional('no_predicate_aggregate')
  if (access.anyLimit) {
    if (access.sorted) {
      return access.orderCapable || access.incremental ? optional('planner_choice') : required('full_scan', 'order_by_unindexed')
    }
    return access.read === null || early ? harmless('bounded_by_limit') : optional('deep_offset')
  }
  return required('unbounded_read', 'no_predicate')
}

// What a DELETE reads in other tables, to delete, clear or forbid what refers to the row; no plan shows it.
function referenceLabels(references, counts) {
  return references.filter((one) => !one.capable && (counts.get(one.table) ?? 0) >= SMALL).map((one) => ({
    ...(one.restricts ? optional('no_index_references') : required('full_scan', 'no_index_references')),
    table: one.table, rows: counts.get(one.table), node: 'foreign key', filter: one.column, rows_read: null, rows_returned: null }))
}

// Prisma takes the page behind a cursor by itself where the order is not unique: what it asks for has no LIMIT.
const behindCursor = (sql) => /WHERE \S+ [<>]= \(SELECT [^()]+ WHERE \(\S+\) = \(\S+\)\) ORDER BY/i.test(sql) && !/\bLIMIT\b/i.test(sql)

// Several executions of one statement with different values: what holds for one only is not certain.
function merged(labels) {
  const strongest = labels.find((label) => label.required) ?? labels.find((label) => label.optional) ?? labels[0]
  const certain = labels.every((label) => label.required === strongest.required && label.optional === strongest.optional)
  return certain ? strongest : { ...strongest, ...optional(`depends_on_values:${strongest.verdict}`) }
}

const VALUES = 3 // executions of a statement that are explained

export async function labelsOf(events, database, counts) {
  const byStatement = new Map()
  for (const event of events) {
    if (!['select', 'update', 'delete', 'with'].includes(kindOf(event.query))) continue
    const key = fingerprint(event.query)
    const known = byStatement.get(key) ?? byStatement.set(key, { sql: event.query, values: new Map(), scenarios: new Set() }).get(key)
    known.scenarios.add(event.scenario)
    if (known.values.size < VALUES) known.values.set(event.params, JSON.parse(event.params))
  }
  const scans = [], plans = []
  for (const [key, { sql, values, scenarios }] of byStatement) {
    const byTable = new Map()
    for (const [text, params] of values) {
      const { accesses, plan } = await database.accesses(sql, params)
      plans.push({ fingerprint: key, sql, params: text, scenarios: [...scenarios], accesses, plan })
      const seen = new Set()
      for (const access of accesses) {
        const rows = counts.get(access.table) ?? 0
        const verdict = verdictOf(access, rows, kindOf(sql), sql)
        // One table read twice in a statement: the worse counts.
        const label = { ...(verdict ?? harmless('lookup')), fingerprint: key, table: access.table, rows, node: access.node,
          filter: access.filter, rows_read: access.read, rows_returned: access.returned }
        const id = `${access.table}\n${access.alias ?? ''}`
        seen.add(id)
        byTable.set(id, [...(byTable.get(id) ?? []), label])
      }
    }
    if (kindOf(sql) === 'delete' && database.references) {
      for (const label of referenceLabels(await database.references(sql), counts)) {
        scans.push({ ...label, fingerprint: key, scenarios: [...scenarios] })
      }
    }
    const [whole] = [...byTable.values()].flat()
    if (behindCursor(sql) && whole?.rows >= SMALL) {
      scans.push({ ...whole, ...required('unbounded_read', 'behind_cursor'), scenarios: [...scenarios] })
      continue
    }
    for (const labels of byTable.values()) {
      const { verdict, ...rest } = merged(labels)
      if (verdict !== 'lookup') scans.push({ ...rest, verdict, scenarios: [...scenarios] })
    }
  }
  return { scans, plans, distinct: [...byStatement].map(([key, { sql }]) => ({ fingerprint: key, kind: kindOf(sql) })) }
}
