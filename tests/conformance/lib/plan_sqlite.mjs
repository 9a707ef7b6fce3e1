// How SQLite reads each table of a statement, from EXPLAIN QUERY PLAN. The accesses are those of plan_postgresql.mjs.
// A plan has no row counts and no conditions: what a table's own predicate is comes from the statement, and how soon a
// LIMIT is reached from the number of matches. Whether an index could serve is asked of a copy without statistics, which
// takes any index that it can.
const planOf = (database, sql, values) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values)

const ACCESS = /^(SCAN|SEARCH) (\S+)(?: EXISTS)?(?: USING (.*))?$/

function readsOf(plan, names) {
  const parents = new Map(plan.map((row) => [row.id, row]))
  return plan.map((row) => {
    const match = row.detail.match(ACCESS)
    const alias = match?.[2].replace(/^main\./, '')
    if (!match || !names.has(alias)) return null
    let correlated = false
    for (let up = parents.get(row.parent); up; up = parents.get(up.parent)) correlated ||= up.detail.startsWith('CORRELATED')
    const using = match[3] ?? ''
    return { alias, table: names.get(alias), indexes: using.match(/INDEX (\w+)/)?.slice(1) ?? [], node: row.detail, correlated, ordered: using !== '' && match[1] === 'SCAN',
      lookup: match[1] === 'SEARCH' && !using.includes('AUTOMATIC') && !using.includes('ANY('),
      automatic: using.includes('AUTOMATIC'), skip: using.includes('ANY(') }
  }).filter(Boolean)
}

// alias -> table, from the FROM, JOIN and UPDATE parts
const namesOf = (sql) => new Map([...sql.replaceAll(/[`"]/g, '')
  .matchAll(/\b(?:from|join|update)\s+(?:main\.)?(\w+)(?:\s+(?:as\s+)?(?!where\b|inner\b|left\b|on\b|order\b|limit\b|group\b|set\b|join\b)(\w+))?/gi)]
  .map(([, table, alias]) => [alias ?? table, table]))

// Is there a condition in the statement on this table and constants alone?
export function ownPredicate(sql, alias, single) {
  let text = sql.replaceAll(/[`"]/g, '').replaceAll('main.', '').replace(/'(?:[^']|'')*'/g, '?')
  text = text.replace(/\bselect\b[^()]*?(?:\([^()]*\)[^()]*?)*\bfrom\b/gi, 'FROM').replace(/\b(order|group) by\b[^()]*/gi, ' ')
  text = text.replace(/\blimit\b[^()]*/gi, ' ').replace(/\bwhere 1=1/gi, 'WHERE ')
  if (single) return /\bwhere\b\s*\(*\s*[^\s()]/i.test(text.replace(/1=1( and)?/gi, ''))
  for (const match of text.matchAll(new RegExp(`\\b${alias}\\.\\w+`, 'g'))) {
    const after = text.slice(match.index + match[0].length).replace(/^[)\s]+/, '')
    const before = text.slice(0, match.index).replace(/[(\s]+$/, '')
    if (/^(is not null)/i.test(after) || /\w\.\w+\)*\s*=$/.test(before)) continue
    const compared = after.match(/^(=|<>|!=|<=?|>=?|like|not|in|is|between|glob)\s*\(*\s*(\w+\.\w+)?/i)
    if (compared && !compared[2] && !/^(not )?in\s*\(\s*from/i.test(after)) return true
  }
  return false
}

// Where LIMIT's value stands among the parameters; -1 is Prisma's way to say that there is none.
function limitOf(sql, values) {
  const at = sql.search(/\blimit\s+\?/i)
  if (at < 0) return { at: -1, limit: Number(sql.match(/\blimit\s+(\d+)/i)?.[1] ?? -1) }
  const index = (sql.slice(0, at).replace(/'(?:[^']|'')*'/g, '').match(/\?/g) ?? []).length
  return { at: index, limit: Number(values[index]) }
}

export function accessesOf(database, bare, sql, values) {
  const names = namesOf(sql)
  const plan = planOf(database, sql, values), other = planOf(bare, sql, values)
  const reads = readsOf(plan, names), others = readsOf(other, names)
  const sortedBy = (rows) => rows.some((row) => row.detail === 'USE TEMP B-TREE FOR ORDER BY')
  const single = new Set(names.values()).size === 1 && reads.length === 1
  const { at, limit } = limitOf(sql, values)
  const sorted = sortedBy(plan)
  const accesses = reads.map((read) => ({ ...read, filter: null, predicate: ownPredicate(sql, read.alias, single),
    residue: !single && /\bwhere\b/i.test(sql), joined: !single, limited: limit >= 0 && !sorted && single, anyLimit: limit >= 0, sorted,
    incremental: plan.some((row) => /TEMP B-TREE FOR (LAST|RIGHT)/.test(row.detail)), aggregated: /GROUP BY|DISTINCT/i.test(sql),
    loops: read.correlated ? 2 : 1, capable: others.some((o) => o.alias === read.alias && o.lookup), orderCapable: !sortedBy(other),
    uncertain: read.skip ? 'skip_scan' : read.automatic ? 'join_full_read' : undefined, read: null, returned: null }))
  for (const access of accesses.filter((a) => !a.lookup && a.limited)) {
    const rows = database.prepare(`SELECT count(*) FROM "${access.table}"`).pluck().get()
    const all = values.map((value, i) => (i === at ? -1 : value))
    const matches = at < 0 ? rows : database.prepare(`SELECT count(*) FROM (${sql})`).pluck().get(all)
    const offset = at >= 0 && /\boffset\s+\?/i.test(sql) ? Number(values[at + 1]) : 0
    const expected = matches < limit + offset ? rows : Math.round(rows * (limit + offset) / matches)
    // An estimate: only what is far from early counts as a whole read.
    access.read = expected < 3000 ? Math.min(expected, 999) : expected
  }
  return { accesses, plan: plan.map((row) => row.detail) }
}
