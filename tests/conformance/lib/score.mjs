// Findings against labels, one count for each (rule, statement) of a log.
import { statement } from './fingerprint.mjs'

export const RULES = { 'full-scan': 'full_scan', 'unbounded-read': 'unbounded_read' }
const key = (rule, text) => `${rule} ${text}`

// labels: those of labels.json; findings: those of a results file.
export function score(labels, findings) {
  const required = new Map(), tolerated = new Set(), known = new Map()
  for (const scan of labels.scans) {
    const text = statement(scan.fingerprint)
    known.set(text, [...(known.get(text) ?? []), scan])
    if (scan.required) required.set(key(scan.rule, text), { rule: scan.rule, text, scan })
    // A statement that reads too much in one way may well be called the other.
    if (scan.required || scan.optional) for (const rule of Object.values(RULES)) tolerated.add(key(rule, text))
  }
  const found = new Map()
  for (const finding of findings.filter((f) => RULES[f.rule])) {
    const rule = RULES[finding.rule], text = statement(finding.evidence?.sql ?? '')
    if (!found.has(key(rule, text))) found.set(key(rule, text), { rule, text, finding })
  }
  const all = new Set([...labels.distinct.map((d) => statement(d.fingerprint))])
  return {
    right: [...required].filter(([k]) => found.has(k)).map(([, truth]) => truth),
    missed: [...required].filter(([k]) => !found.has(k)).map(([, truth]) => truth),
    wrong: [...found].filter(([k]) => !required.has(k) && !tolerated.has(k))
      .map(([, hit]) => ({ ...hit, scans: known.get(hit.text) ?? [], unknown: !all.has(hit.text) })),
    neutral: [...found].filter(([k]) => !required.has(k) && tolerated.has(k)).length,
  }
}

export const ratio = (part, rest) => (part + rest ? part / (part + rest) : null)
