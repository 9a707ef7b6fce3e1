// Findings of one job's log against its loops. What is asked of a log without ids: every loop is named by a finding, and nothing
// else is.
import { statement } from './fingerprint.mjs'

export const RULES = { 'n-plus-one': 'n_plus_one', 'n-plus-one-write': 'n_plus_one_write', 'duplicate-query': 'duplicate', 'repeated-query': 'repeated' }

// The statements that a finding names: one, or those of a whole turn.
export function namedBy({ sql, statements = [] } = {}) {
  const texts = [sql, ...statements.map((one) => (typeof one === 'string' ? one : one?.sql))]
  return new Set(texts.filter(Boolean).map(statement))
}

// The rules that may name a loop: those of its reads and writes whose values change or, where no values are logged, the one for that.
function rulesOf(loop, withParams) {
  const rules = new Set(loop.statements.filter((s) => s.distinct_params > 1).map((s) => s.rule))
  return withParams ? rules : new Set([...rules, 'repeated'])
}

// found and noted: loops; right, wrong, neutral: findings at a level that somebody has to act on. A note is as good as silence,
// where nothing is to be found (`whispers`) and where something is (`noted`).
export function scoreJob({ loops, patterns }, findings, withParams) {
  const known = loops.map((loop) => ({ loop, rules: rulesOf(loop, withParams), texts: new Set(loop.statements.map((s) => statement(s.fingerprint))) }))
  const logged = new Set(patterns.map((p) => statement(p.fingerprint)))
  const found = new Set(), noted = new Set()
  const score = { right: [], wrong: [], neutral: [], whispers: [] }
  for (const finding of findings.filter((f) => RULES[f.rule])) {
    const rule = RULES[finding.rule], note = finding.level === 'note', texts = [...namedBy(finding.evidence)]
    const hit = { rule, finding, texts, unknown: !texts.some((text) => logged.has(text)) }
    const of = (text) => known.filter((one) => one.texts.has(text))
    // Who names much more than a loop has not named it.
    const named = texts.filter((text) => of(text).length).length * 2 >= texts.length ? [...new Set(texts.flatMap(of))] : []
    const right = named.filter((one) => one.rules.has(rule))
    for (const { loop } of right) (note ? noted : found).add(loop)
    if (note) {
      if (!named.length) score.whispers.push(hit)
    } else if (right.some(({ loop }) => loop.required)) {
      score.right.push(hit)
    } else {
      // Equal keys inside a loop are a duplicate as well, and a loop may be called repeated.
      const tolerated = named.length && (rule === 'duplicate' || rule === 'repeated' || named.some(({ loop }) => !loop.required))
      score[tolerated ? 'neutral' : 'wrong'].push(hit)
    }
  }
  const required = loops.filter((loop) => loop.required)
  return { ...score, found: required.filter((loop) => found.has(loop)), noted: required.filter((loop) => !found.has(loop) && noted.has(loop)),
    missed: required.filter((loop) => !found.has(loop) && !noted.has(loop)) }
}
