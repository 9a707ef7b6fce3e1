#include "base/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/number.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kFirstPlaces = 128;
/// A bin is held in one word: its number below, and above it how many values it has.
constexpr int kNumberBits = 13;
constexpr std::uint64_t kNumbers = std::uint64_t{1} << kNumberBits;
constexpr std::uint64_t kMostValues = (~std::uint64_t{0}) >> kNumberBits;

/// Bins one after the other: how far the upper 8 bits are shifted, and the 7 of them that are not always 1.
constexpr int kMantissaBits = 7;
constexpr std::uint64_t kMantissas = std::uint64_t{1} << kMantissaBits;

std::uint64_t number_of(std::uint64_t bin) {
  const int bits = static_cast<int>(std::bit_width(bin));
  const int shift = bits > kMantissaBits + 1 ? bits - kMantissaBits - 1 : 0;
  return (static_cast<std::uint64_t>(shift) << kMantissaBits) + (bin >> shift);
}

std::uint64_t bin_of_number(std::uint64_t number) {
  if (number < 2 * kMantissas) {
    return number;
  }
  const std::uint64_t shift = (number >> kMantissaBits) - 1;
  return (number - (shift << kMantissaBits)) << shift;
}

}  // namespace

void Histogram::count_values() {
  if (places_.empty()) {
    places_.resize(kFirstPlaces);
  }
  for (double value : values_) {
    if (!std::isfinite(value) || value < 0) {
      value = 0;
    }
    min_ = count_ == 0 ? value : std::min(min_, value);
    max_ = count_ == 0 ? value : std::max(max_, value);
    count_ = saturating_add(count_, 1);
    const std::uint64_t steps = Distribution::to_steps(value);
    sum_steps_ = saturating_add(sum_steps_, steps);
    add_to_bin(Distribution::bin_of(steps), 1);
  }
  values_.clear();
  constexpr std::uint64_t kPart = 16;  // of what is counted
  constexpr std::uint64_t kMostWaiting = 512;
  waiting_ = static_cast<std::size_t>(std::clamp<std::uint64_t>(count_ / kPart, Distribution::kMaxExact, kMostWaiting));
}

/// Neighbours stand side by side, so that the many values around the median share a few lines of the cache.
std::size_t Histogram::place_of(std::uint64_t number) const {
  const std::size_t mask = places_.size() - 1;
  std::size_t at = number & mask;
  while (places_[at] != 0 && places_[at] % kNumbers != number) {
    at = (at + 1) & mask;
  }
  return at;
}

void Histogram::add_to_bin(std::uint64_t bin, std::uint64_t count) {
  const std::uint64_t number = number_of(bin);
  std::size_t at = place_of(number);
  if (places_[at] == 0) {
    if (++used_ * 2 > places_.size()) {
      grow();
      at = place_of(number);
    }
  }
  const std::uint64_t have = places_[at] >> kNumberBits;
  places_[at] = std::min(saturating_add(have, count), kMostValues) << kNumberBits | number;
}

void Histogram::grow() {
  std::vector<std::uint64_t> old(places_.size() * 2);
  old.swap(places_);
  for (const std::uint64_t place : old) {
    if (place != 0) {
      places_[place_of(place % kNumbers)] = place;
    }
  }
}

void Histogram::merge(const Histogram& other) {
  Histogram from = other;  // which may be this very object
  if (from.places_.empty()) {
    for (const double value : from.values_) {
      add(value);
    }
    return;
  }
  from.count_values();
  count_values();
  for (const std::uint64_t place : from.places_) {
    if (place != 0) {
      add_to_bin(bin_of_number(place % kNumbers), place >> kNumberBits);
    }
  }
  min_ = count_ == 0 ? from.min_ : std::min(min_, from.min_);
  max_ = std::max(max_, from.max_);
  sum_steps_ = saturating_add(sum_steps_, from.sum_steps_);
  count_ = saturating_add(count_, from.count_);
}

Distribution Histogram::distribution() const {
  Distribution out;
  if (places_.empty()) {
    for (const double value : values_) {
      out.add(value);
    }
    return out;
  }
  Histogram all = *this;
  all.count_values();
  out.count_ = all.count_;
  out.min_ = all.min_;
  out.max_ = all.max_;
  out.sum_steps_ = all.sum_steps_;
  for (const std::uint64_t place : all.places_) {
    if (place != 0) {
      out.bins_.emplace(bin_of_number(place % kNumbers), place >> kNumberBits);
    }
  }
  return out;
}

}  // namespace budgetcheck
