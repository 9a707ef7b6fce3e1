#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// A Lighthouse result (LHR): one object with `lighthouseVersion`, `requestedUrl`, `audits`. One file is one run: each
/// sample holds Runs of one value, with the labels page, device, and where they are not the usual ones mode
/// ("timespan", "snapshot") and throttling ("devtools", "provided"), since such runs are not comparable with a
/// navigation under simulated throttling. Sample::source tells origins, throttling settings and major versions apart.
///
/// Versions 10 to 13 are supported; a newer one is read with a note, an older one is incomplete. A run that ended
/// in a runtimeError gives no samples at all and is incomplete.
Format lighthouse_format();

}  // namespace budgetcheck
