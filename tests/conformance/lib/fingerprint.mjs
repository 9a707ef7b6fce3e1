// One text for all executions of a statement. `fingerprint` is what labels carry; `statement` also forgives what a tool's
// own normalisation may do to it: quotes, case, 1=1, and how a list is abbreviated.
export function fingerprint(sql) {
  let text = sql.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/--[^\n]*/g, ' ')
  text = text.replace(/'(?:[^']|'')*'/g, (quoted) => (quoted === "'%'" ? quoted : '?')).replace(/\$\d+/g, '?')
  text = text.replace(/(?<![\w"`])-?\d+(?:\.\d+)?(?![\w"`])/g, '?')
  // Only the brackets of the list itself: what closes behind it belongs to the statement.
  text = text.replace(/\bin\s*\(\s*(?:\?(?:\s*,\s*\?)*|\([?,\s]*\)(?:\s*,\s*\([?,\s]*\))*)\s*\)/gi, 'in (?)')
  text = text.replace(/\bvalues\s*(?:\(\s*\?[?,\s]*\)\s*,\s*)*\(\s*\?[?,\s]*\)/gi, 'values (?)')
  return text.replace(/["`]/g, '').replace(/\s+/g, ' ').trim().toLowerCase().replace(/;+$/, '')
}

export function statement(sql) {
  let text = fingerprint(sql)
  text = text.replace(/ in \s*\(((?:[^()]|\([^()]*\))*)\)/g, (whole, list) => (/\?/.test(list) && !/\bselect\b/.test(list) ? ' in (?)' : whole))
  text = (text.match(/'%'|[a-z_$@][\w$]*|\d+|\?|[^\s\w]/gi) ?? []).map((word) => (/^\d+$/.test(word) ? '?' : word)).join(' ')
  text = text.replaceAll('and ? = ?', '').replaceAll('where ? = ?', '').replaceAll('( ? = ? and', '(')
  return text.replace(/\s+/g, ' ').replace(/[ ;]+$/, '').trim()
}

export const kindOf = (sql) => sql.replace(/\/\*[\s\S]*?\*\//g, ' ').trim().match(/^\w+/)?.[0].toLowerCase() ?? ''

export function grouped(list, keyOf) {
  const groups = new Map()
  for (const one of list) {
    const key = keyOf(one)
    if (groups.has(key)) groups.get(key).push(one)
    else groups.set(key, [one])
  }
  return groups
}
