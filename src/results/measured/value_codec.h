#pragma once

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "json/value.h"
#include "json/writer.h"

// Structs of the model as JSON and back, from one list of their members (members.h): so what is written is read again,
// member by member. For src/results/measured only.
namespace budgetcheck::measured {

/// The members of a struct: `static void each(Access& access)` calls `access("name", &T::member)` for each.
template <class T>
struct Members;

/// The last value of an enumeration that is stored as its number.
template <class E>
inline constexpr E kLast{};

template <class T>
concept Described = requires {
  &Members<T>::template each<int>;
};

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
struct IsVariant : std::false_type {};
template <class... T>
struct IsVariant<std::variant<T...>> : std::true_type {};

/// Types that are no numbers, texts, lists or described structs have overloads of these.
template <class T>
struct Codec;

template <class T>
void write_value(json::Writer& w, const T& value);
template <class T>
bool read_value(const json::Value& v, T& value);

/// Counts are exact in a double up to here; hashes are not, and are written as text.
inline constexpr std::uint64_t kMostExact = 9'007'199'254'740'992;

inline void write_number(json::Writer& w, double value) {
  if (std::isfinite(value)) {
    w.number(value);
  } else {
    w.string(std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
  }
}

inline bool read_number(const json::Value& v, double& value) {
  if (v.number() != nullptr) {
    value = *v.number();
    return std::isfinite(value);
  }
  const std::string text = v.string() == nullptr ? "" : *v.string();
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  value = text == "nan" ? std::numeric_limits<double>::quiet_NaN() : text == "inf" ? kInfinity : -kInfinity;
  return text == "nan" || text == "inf" || text == "-inf";
}

inline void write_whole(json::Writer& w, std::uint64_t value) {
  if (value <= kMostExact) {
    w.number(static_cast<double>(value));
  } else {
    w.string(std::to_string(value));
  }
}

bool read_whole(const json::Value& v, std::uint64_t most, std::uint64_t& value);

/// Whether a member need not be written: it is as it is in a struct that nobody touched.
template <class M>
bool is_untouched(const M& value, const M& plain) {
  if constexpr (IsVector<M>::value) {
    return value.empty() && plain.empty();
  } else if constexpr (IsOptional<M>::value) {
    return !value && !plain;
  } else if constexpr (!IsVariant<M>::value && std::equality_comparable<M>) {
    return value == plain;
  } else {
    return false;
  }
}

template <class T>
class ObjectWriter {
 public:
  ObjectWriter(json::Writer& w, const T& object) : w_(w), object_(object) {}

  template <class M>
  void operator()(std::string_view name, M T::*member) {
    static const T kPlain{};
    if (!is_untouched(object_.*member, kPlain.*member)) {
      w_.key(name);
      write_value(w_, object_.*member);
    }
  }

 private:
  json::Writer& w_;
  const T& object_;
};

template <class T>
class ObjectReader {
 public:
  ObjectReader(const json::Value& v, T& object) : v_(v), object_(object) {}

  template <class M>
  void operator()(std::string_view name, M T::*member) {
    const json::Value* found = v_.find(name);
    sound_ = (found == nullptr || read_value(*found, object_.*member)) && sound_;
  }
  bool sound() const { return sound_; }

 private:
  const json::Value& v_;
  T& object_;
  bool sound_ = true;
};

template <class T>
void write_value(json::Writer& w, const T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    w.string(value);
  } else if constexpr (std::is_same_v<T, bool>) {
    w.boolean(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    write_number(w, value);
  } else if constexpr (std::is_enum_v<T>) {
    w.number(static_cast<double>(value));
  } else if constexpr (std::is_signed_v<T>) {
    w.number(static_cast<double>(value));
  } else if constexpr (std::is_integral_v<T>) {
    write_whole(w, value);
  } else if constexpr (IsVector<T>::value) {
    w.begin_array();
    for (const auto& item : value) {
      write_value(w, item);
    }
    w.end_array();
  } else if constexpr (IsOptional<T>::value) {
    if (value) {
      write_value(w, *value);
    } else {
      w.null();
    }
  } else if constexpr (Described<T>) {
    w.begin_object();
    ObjectWriter<T> writer(w, value);
    Members<T>::each(writer);
    w.end_object();
  } else {
    Codec<T>::write(w, value);
  }
}

template <class T>
bool read_value(const json::Value& v, T& value) {
  if constexpr (std::is_same_v<T, std::string>) {
    value = v.string() == nullptr ? "" : *v.string();
    return v.string() != nullptr;
  } else if constexpr (std::is_same_v<T, bool>) {
    value = v.boolean() != nullptr && *v.boolean();
    return v.boolean() != nullptr;
  } else if constexpr (std::is_floating_point_v<T>) {
    return read_number(v, value);
  } else if constexpr (std::is_enum_v<T>) {
    std::uint64_t number = 0;
    const bool sound = read_whole(v, static_cast<std::uint64_t>(kLast<T>), number);
    value = static_cast<T>(number);
    return sound;
  } else if constexpr (std::is_signed_v<T>) {
    constexpr double kMost = std::numeric_limits<T>::max();
    const bool sound =
        v.number() != nullptr && *v.number() == std::floor(*v.number()) && std::fabs(*v.number()) <= kMost;
    value = sound ? static_cast<T>(*v.number()) : T{};
    return sound;
  } else if constexpr (std::is_integral_v<T>) {
    std::uint64_t number = 0;
    const bool sound = read_whole(v, std::numeric_limits<T>::max(), number);
    value = static_cast<T>(number);
    return sound;
  } else if constexpr (IsVector<T>::value) {
    if (v.array() == nullptr) {
      return false;
    }
    value.reserve(v.array()->size());
    bool sound = true;
    for (const json::Value& item : *v.array()) {
      sound = read_value(item, value.emplace_back()) && sound;
    }
    return sound;
  } else if constexpr (IsOptional<T>::value) {
    value.reset();
    return v.is_null() || read_value(v, value.emplace());
  } else if constexpr (Described<T>) {
    if (!v.is_object()) {
      return false;
    }
    ObjectReader<T> reader(v, value);
    Members<T>::each(reader);
    return reader.sound();
  } else {
    return Codec<T>::read(v, value);
  }
}

}  // namespace budgetcheck::measured
