// The labels come from plans; each scenario also says what its author is sure of. Where the two disagree, one is wrong.
export function disagreements(scenarios, scans) {
  const wrong = []
  for (const { name, expect } of scenarios) {
    if (expect === undefined) continue
    const labels = scans.filter((scan) => scan.scenarios.includes(name) && scan.required)
    const got = [...new Set(labels.map((scan) => `${scan.rule} ${scan.table}`))].sort().join(', ') || 'none'
    if (got !== expect) {
      const seen = scans.filter((scan) => scan.scenarios.includes(name)).map((scan) => `${scan.table}: ${scan.verdict}, ${scan.node}`)
      wrong.push(`${name}: expected ${expect}, the plans say ${got}${seen.length ? ` (${seen.join('; ')})` : ''}`)
    }
  }
  return wrong
}
