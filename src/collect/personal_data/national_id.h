#pragma once

#include "collect/personal_data/context.h"
#include "collect/personal_data/match.h"

namespace budgetcheck::personal {

/// National ids that have a checksum: DNI, NIE, codice fiscale, CPF with its points, AHV and the Finnish henkilötunnus
/// by their form and sum; PESEL, BSN, Steuer-ID, NIR and others of digits alone by their sum where a name says what
/// they are.
void find_national_ids(const Text& text, Matches& matches);

/// Whether digits alone pass the sum of one, whatever the name says.
bool may_be_national_id(std::string_view digits);

}  // namespace budgetcheck::personal
