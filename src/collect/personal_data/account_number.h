#pragma once

#include "collect/personal_data/context.h"
#include "collect/personal_data/match.h"

namespace budgetcheck::personal {

/// Card numbers: a known prefix, its length and Luhn's sum, in a field that is no id, reference or time; in one piece
/// or in the groups that are printed on cards.
void find_cards(const Text& text, Matches& matches);

/// IBANs: a country, its length and the sum, in one piece or in groups of four.
void find_ibans(const Text& text, Matches& matches);

/// Phone numbers as E.164 writes them, "+4930123456"; with blanks and dashes only where a name says what it is.
void find_phone_numbers(const Text& text, Matches& matches);

/// Whether digits alone may be a card's number, whatever the name says.
bool may_be_card(std::string_view digits);

/// Luhn's sum over digits alone.
bool passes_luhn(std::string_view digits);

}  // namespace budgetcheck::personal
