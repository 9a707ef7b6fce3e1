// How PostgreSQL reads each table of a statement, and whether it could do better with the indexes there are.
// An access: {table, lookup, node, filter, predicate, correlated, joined, limited, sorted, read, returned, loops,
// capable (an index could serve its predicate), orderCapable (an index could serve the order)}.
const JOINS = new Set(['Nested Loop', 'Hash Join', 'Merge Join'])
const SCANS = new Set(['Seq Scan', 'Index Scan', 'Index Only Scan', 'Bitmap Heap Scan'])

const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const mentions = (condition, column) => new RegExp(`(^|[^\\w"'])"?${escaped(column)}"?($|[^\\w"])`).test(condition)

// Does this condition of an index pick a part of it, rather than walk the whole?
function picks(node, leading) {
  const condition = node['Index Cond']
  if (!condition) return false
  const index = leading.get(node['Index Name'])
  return !index || !['btree', 'hash', 'spgist'].includes(index.method) || mentions(condition, index.column)
}

function bitmapPicks(node, leading) {
  const parts = node.Plans ?? []
  if (node['Node Type'] === 'Bitmap Index Scan') return picks(node, leading)
  if (node['Node Type'] === 'BitmapAnd') return parts.some((part) => bitmapPicks(part, leading))
  return parts.length > 0 && parts.every((part) => bitmapPicks(part, leading)) // BitmapOr: every branch must be served
}

// What a filter says about the table alone: without subplans, without comparisons with other tables (correlated), and
// without the IS NOT NULL that a relation filter brings along.
const CORRELATED = /\(?"?(\w+)"?\."?\w+"? = "?(\w+)"?\."?\w+"?\)?|\(?"?\w+"?(\."?\w+"?)? = \$\d+\)?|\(?\$\d+ = "?\w+"?(\."?\w+"?)?\)?/g
export function ownPredicate(filter, joined) {
  if (!filter) return { own: false, correlated: false }
  let rest = filter.replace(/'(?:[^']|'')*'/g, "''")
  rest = rest.replace(/\(?\b(NOT )?\(?(hashed )?SubPlan \d+\)?\)?/g, '').replace(/\(?alternatives:[^)]*\)?/g, '')
  let correlated = false
  rest = rest.replace(CORRELATED, (text, a, b) => {
    if (a !== undefined && a === b) return text // two columns of one table
    correlated = true
    return ''
  })
  if (joined || /SubPlan/.test(filter)) rest = rest.replace(/\(?"?\w+"?(\."?\w+"?)? IS NOT NULL\)?/g, '')
  return { own: /[a-z"]/i.test(rest.replace(/\b(AND|OR|NOT)\b/g, '')), correlated }
}

const indexesIn = (node) => [node['Index Name'], ...(node.Plans ?? []).flatMap(indexesIn)].filter(Boolean)

function walk(node, leading, context, found) {
  const type = node['Node Type']
  const relation = node['Relation Name']
  if (relation && SCANS.has(type)) {
    const loops = node['Actual Loops'] ?? 1
    const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
    const lookup = type === 'Bitmap Heap Scan' ? bitmapPicks(node.Plans[0], leading)
      : type === 'Seq Scan' ? false : picks(node, leading)
    // A condition on a later column of an index filters what the walk over the whole index finds.
    const filter = [node['Filter'], lookup ? null : node['Index Cond'] ?? node['Recheck Cond']].filter(Boolean).join(' AND ') || null
    const { own, correlated } = ownPredicate(filter, context.joined)
    found.push({ table: relation, alias: node.Alias, lookup, indexes: indexesIn(node), filter, predicate: own, correlated, residue: Boolean(filter) && !own,
      node: type + (node['Index Name'] ? ` using ${node['Index Name']}` : ''),
      ordered: type.startsWith('Index') && !node['Index Cond'], ...context, loops,
      // Of a walk over a whole index only the matches are counted; without any, it went to the end.
      read: node['Actual Rows'] === undefined || (!lookup && node['Index Cond'] && node['Actual Rows'] === 0) ? null
        : Math.round((node['Actual Rows'] + removed) * loops),
      returned: node['Actual Rows'] === undefined ? null : Math.round(node['Actual Rows'] * loops) })
  }
  const blocking = ['Sort', 'Hash', 'Aggregate', 'Materialize', 'HashAggregate', 'SetOp'].includes(type)
  for (const part of node.Plans ?? []) {
    const sub = ['SubPlan', 'InitPlan'].includes(part['Parent Relationship'])
    walk(part, leading, {
      joined: context.joined || JOINS.has(type) || sub,
      limited: type === 'Limit' || (context.limited && !blocking),
      anyLimit: context.anyLimit || type === 'Limit',
      sorted: sub ? false : context.sorted || type === 'Sort' || type === 'Incremental Sort',
      incremental: context.incremental || type === 'Incremental Sort',
      aggregated: context.aggregated || ['Aggregate', 'Group', 'WindowAgg', 'Unique'].includes(type),
    }, found)
  }
}

const START = { joined: false, limited: false, anyLimit: false, sorted: false, incremental: false, aggregated: false }

export function scansOf(plan, leading) {
  const found = []
  walk(plan, leading, START, found)
  return found
}

export async function accessesOf({ explain, leading }, sql, params) {
  const read = /^\s*(select|with)\b/i.test(sql)
  const plan = await explain(sql, params, { analyze: read })
  const accesses = scansOf(plan, leading)
  if (accesses.every((access) => access.lookup)) return { accesses, plan }
  const others = []
  for (const off of [['seqscan'], ['seqscan', 'hashjoin', 'mergejoin'], ['seqscan', 'sort'], ['seqscan', 'indexscan', 'indexonlyscan']]) {
    others.push({ off, scans: scansOf(await explain(sql, params, { off }), leading) })
  }
  for (const access of accesses.filter((a) => !a.lookup)) {
    const same = (other) => other.table === access.table && other.alias === access.alias
    access.capable = others.some(({ scans }) => scans.some((other) => same(other) && other.lookup))
    access.orderCapable = others.some(({ off, scans }) => off.includes('sort') &&
      scans.some((other) => same(other) && other.ordered && !other.sorted))
    // An ordered walk with a filter: is there an index for the filter alone?
    if (access.filter && !access.capable && !/SubPlan|\$\d/.test(access.filter)) {
      access.capable = await servesAlone(explain, leading, access)
    }
  }
  return { accesses, plan }
}

async function servesAlone(explain, leading, access) {
  const sql = `SELECT 1 FROM "${access.table}" AS "${access.alias}" WHERE ${access.filter}`
  try {
    return scansOf(await explain(sql, [], { off: ['seqscan'] }), leading).some((other) => other.lookup)
  } catch {
    return false // the filter names another table of the statement
  }
}
