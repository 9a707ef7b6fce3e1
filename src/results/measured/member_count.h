#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "results/measured/value_codec.h"

// Whether a list of members (value_codec.h) names all that its struct has. For src/results/measured only.
namespace budgetcheck::measured {

/// Stands for whatever a struct is initialised with.
struct Anything {
  template <class T>
  operator T() const;  // NOLINT(google-explicit-constructor)
};

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...> /*numbers*/) {
  return requires { T{((void)I, Anything{})...}; };
}

/// How many members a struct has without base classes, constructors and optional members.
template <class T, std::size_t N = 1>
constexpr std::size_t count_of_members() {
  if constexpr (takes<T>(std::make_index_sequence<N>{})) {
    return count_of_members<T, N + 1>();
  } else {
    return N - 1;
  }
}

struct MemberCounter {
  std::size_t count = 0;
  template <class M>
  constexpr void operator()(std::string_view /*name*/, M /*member*/) {
    ++count;
  }
};

template <class T>
constexpr bool names_all_members(std::size_t left_out = 0) {
  MemberCounter counter;
  Members<T>::each(counter);
  return counter.count + left_out == count_of_members<T>();
}

}  // namespace budgetcheck::measured
