// How MariaDB reads each table of a statement, from ANALYZE FORMAT=JSON (of writes: EXPLAIN FORMAT=JSON). The accesses are
// those of plan_postgresql.mjs. `possible_keys` also names keys of one branch of an OR; whether an index could really serve
// is asked by forcing those keys.
const FULL = new Set(['ALL', 'index', 'hash_ALL', 'hash_index'])

// The conditions that are about this table and constants: not those that join it, and not the IS NOT NULL that comes with
// a join.
export function ownPredicate(condition, alias, joined) {
  if (!condition) return { own: false, correlated: false }
  let correlated = false, own = false
  for (const part of conjuncts(condition)) {
    if (/<in_optimizer>|<exists>|<expr_cache>|\bsubquery#|\(subquery/i.test(part)) continue
    const text = part.replace(/'(?:[^'\\]|\\.|'')*'/g, "''").replaceAll('`', '')
    const tables = new Set([...text.matchAll(/\b(\w+)\.\w+/g)].map((match) => match[1].toLowerCase()))
    if (!tables.has(alias.toLowerCase())) continue
    if (tables.size > 1 || /<cache>\(\w+\.\w+\)/.test(text)) correlated = true
    else if (!(joined && /^\(*[\w.]+ is not null\)*$/i.test(text.trim()))) own = true
  }
  return { own, correlated }
}

function conjuncts(condition) {
  let text = condition.trim()
  for (let inner; (inner = text.match(/^trigcond\((.*)\)$/s)); ) text = inner[1]
  const parts = []
  let depth = 0, start = 0, quote = null
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quote) { if (c === '\\') i++; else if (c === quote) quote = null } else if (c === "'" || c === '`') quote = c
    else if (c === '(') depth++
    else if (c === ')') depth--
    else if (depth === 0 && /^ and /i.test(text.slice(i, i + 5))) { parts.push(text.slice(start, i)); start = i + 5 }
  }
  return [...parts, text.slice(start)].map((part) => part.trim())
}

function walk(node, context, found) {
  if (Array.isArray(node)) {
    for (const part of node) walk(part, context, found)
    return
  }
  if (!node || typeof node !== 'object') return
  for (const [key, value] of Object.entries(node)) {
    if (key === 'table' && value?.table_name) {
      found.push({ ...value, ...context })
      walk({ ...value, table_name: undefined }, context, found)
    } else if (key === 'nested_loop') {
      const several = value.filter((part) => part.table || part['block-nl-join'] || part.duplicates_removal).length > 1
      walk(value, { ...context, joined: context.joined || several }, found)
    } else if (key === 'subqueries' || key === 'materialized') {
      walk(value, { ...START, joined: true }, found)
    } else if (key === 'block-nl-join') {
      walk(value, { ...context, joined: true, joinCondition: value.attached_condition }, found)
    } else if (key === 'filesort' || key === 'read_sorted_file') {
      walk(value, { ...context, sorted: true }, found)
    } else if (value && typeof value === 'object' && !['possible_keys', 'used_key_parts', 'ref', 'r_table_time_ms'].includes(key)) {
      walk(value, context, found)
    }
  }
}
const START = { joined: false, sorted: false }

// With index_merge the keys stand deeper.
function keysIn(node) {
  if (!node || typeof node !== 'object') return []
  return Object.entries(node).flatMap(([name, value]) => (name === 'key' ? [value] : name === 'materialized' ? [] : keysIn(value)))
}

export async function accessesOf(client, sql, values) {
  const read = /^\s*(select|with)\b/i.test(sql)
  const [row] = await client.query(`${read ? 'ANALYZE' : 'EXPLAIN'} FORMAT=JSON ${sql}`, values)
  const plan = JSON.parse(Object.values(row)[0])
  const found = []
  walk(plan, START, found)
  const limit = /\blimit\s+\?/i.test(sql.replace(/\([^()]*\)/g, ''))
  const names = new Map([...sql.matchAll(/(?:from|join|update)\s+`?(\w+)`?(?:\.`?(\w+)`?)?(?:\s+(?:as\s+)?`?(?!where\b|inner\b|left\b|on\b|order\b|limit\b|group\b|set\b|join\b)(\w+)`?)?/gi)]
    .map(([, a, b, alias]) => [(alias ?? b ?? a).toLowerCase(), b ?? a]))
  const accesses = found.filter((table) => names.has(table.table_name.toLowerCase())).map((table) => {
    const condition = [table.attached_condition, table.index_condition].filter(Boolean).join(' and ') || null
    const { own, correlated } = ownPredicate(condition, table.table_name, table.joined)
    const loops = table.r_loops ?? 1
    const full = FULL.has(table.access_type) && !table.range_checked_for_each_record
    return { table: names.get(table.table_name.toLowerCase()), alias: table.table_name, lookup: !full,
      node: table.access_type + (table.key ? ` ${table.key}` : ''), filter: condition, predicate: own,
      correlated: correlated || Boolean(table.joinCondition), residue: Boolean(condition) && !own,
      // A join buffer reads the table once for many outer rows, not once for each.
      loops: table.joinCondition ? 1 : loops, ordered: table.access_type === 'index' && !table.sorted,
      joined: table.joined, limited: limit && !table.sorted && !table.joined, anyLimit: limit, sorted: table.sorted,
      incremental: false, aggregated: false, capable: false, keys: table.possible_keys, indexes: keysIn(table), orderCapable: false,
      read: read && table.r_rows !== undefined && table.r_rows !== null ? Math.round(table.r_rows * loops) : null,
      returned: table.r_rows !== undefined && table.r_rows !== null ? Math.round(table.r_rows * loops * (table.r_filtered ?? 100) / 100) : null }
  })
  for (const access of accesses.filter((a) => !a.lookup && a.keys?.length)) access.capable = await serves(client, sql, values, access)
  return { accesses, plan }
}

export async function serves(client, sql, values, { alias, table, keys }) {
  const name = '`?(?:\\w+`?\\.`?)?' + table + '`?'
  const place = alias === table ? new RegExp(`\\b(from|join|update)\\s+${name}(?=\\s|$)`, 'i')
    : new RegExp(`\\b(from|join|update)\\s+${name}\\s+(as\\s+)?\`?${alias}\`?(?=\\s|$)`, 'i')
  // DELETE takes no hint; a SELECT of the same rows does.
  const hinted = sql.replace(/^\s*delete from/i, 'SELECT 1 FROM').replace(place, (text) => `${text} FORCE INDEX (${keys.map((k) => `\`${k}\``).join(', ')})`)
  if (!/FORCE INDEX/.test(hinted)) throw new Error(`no place for a hint on ${alias} in ${sql}`)
  const [row] = await client.query(`EXPLAIN FORMAT=JSON ${hinted}`, values)
  const found = []
  walk(JSON.parse(Object.values(row)[0]), START, found)
  return found.some((other) => other.table_name === alias && !FULL.has(other.access_type))
}
