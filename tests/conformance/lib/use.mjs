// Is one of these indexes of use in this plan: does it find the rows, or give them in the order that a limit asks for?
// To walk an index as a whole instead of the table is not what an index is proposed for.
const helps = (access, names) => access.indexes.some((index) => names.includes(index)) &&
  (access.lookup || (access.ordered && access.anyLimit && (!access.sorted || access.incremental)))

export const helped = (accesses, names) => accesses.some((access) => helps(access, names))
