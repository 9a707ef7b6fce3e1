// The table, and what is behind each number that is not perfect. Returns whether all is well.
import { RULES, ratio } from './score.mjs'
import { worstUse } from './indexes.mjs'

const LEAST = 0.97
const percent = (value) => (value === null ? '-' : value.toFixed(3)).padStart(10)
const short = (text, n = 300) => (text.length > n ? `${text.slice(0, n)}...` : text)
const plan = (scan) => `${scan.table} (${scan.rows} rows): ${scan.verdict}, ${scan.node}${scan.filter ? `, ${short(scan.filter, 120)}` : ''}, ${scan.rows_read ?? '?'} rows read`

function row(name, rule, right, wrong, missed) {
  console.log(name.padEnd(12) + rule.padEnd(16) + [right, wrong, missed].map((n) => String(n).padStart(8)).join('') +
    percent(ratio(right, wrong)) + percent(ratio(right, missed)))
}

export function report(judged, verbose) {
  console.log(`\n${'schema'.padEnd(12)}${'rule'.padEnd(16)}   right   wrong  missed precision    recall`)
  const sum = { right: 0, wrong: 0, missed: 0 }
  for (const { name, score } of judged) {
    for (const rule of Object.values(RULES)) {
      const n = Object.fromEntries(Object.keys(sum).map((kind) => [kind, score[kind].filter((hit) => hit.rule === rule).length]))
      for (const kind of Object.keys(sum)) sum[kind] += n[kind]
      row(name, rule, n.right, n.wrong, n.missed)
    }
  }
  row('all', '', sum.right, sum.wrong, sum.missed)

  for (const { name, score } of judged) {
    for (const hit of score.wrong) {
      console.log(`\nWRONG ${name} ${hit.rule}${hit.unknown ? ' (no such statement was logged)' : ''}\n  ${short(hit.text)}\n  says: ${hit.finding.message}`)
      for (const scan of hit.scans) console.log(`  plan: ${plan(scan)}`)
      if (!hit.scans.length && !hit.unknown) console.log('  plan: every table is read through an index')
    }
    for (const miss of score.missed) {
      console.log(`\nMISSED ${name} ${miss.rule} [${miss.scan.scenarios}]\n  ${short(miss.text)}\n  plan: ${plan(miss.scan)}`)
    }
  }

  const uses = {}
  let bad = 0
  for (const { name, indexes } of judged) {
    for (const entry of indexes) {
      const use = worstUse(entry)
      uses[use] = (uses[use] ?? 0) + 1
      const useless = use === 'unused' || use === 'refused' || use === 'untried'
      if (useless) bad++
      if (useless || use === 'usable' || verbose) {
        console.log(`\nINDEX ${use} ${name}: ${entry.model} ${entry.line}${entry.refused ? `\n  ${entry.refused}` : ''}`)
        for (const s of entry.statements) console.log(`  ${s.use}${s.before === null ? '' : `, cost ${s.before} -> ${s.after}`} [${s.scenarios}] ${short(s.sql.slice(s.sql.search(/\bfrom\b/i)), 200)}`)
      }
    }
  }
  const findings = judged.reduce((n, j) => n + j.findings, 0), proposals = judged.reduce((n, j) => n + j.proposals, 0)
  console.log(`\n${findings} findings, ${judged.reduce((n, j) => n + j.score.neutral, 0)} of them on statements that may be flagged or not; ${proposals} propose an index`)
  console.log(`indexes: ${Object.entries(uses).map(([use, n]) => `${n} ${use}`).join(', ') || 'none'} (usable: taken only when a sequential scan is forbidden)`)

  const precision = ratio(sum.right, sum.wrong) ?? 0, recall = ratio(sum.right, sum.missed) ?? 0
  const good = precision >= LEAST && recall >= LEAST && bad === 0
  console.log(`${good ? 'PASSED' : 'FAILED'}: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)} (each at least ${LEAST}), ${bad} indexes of no use`)
  return good
}
