#include <string>

#include "collect/trace/read/span_forms.h"

namespace budgetcheck {
namespace {

using json::Cursor;
using json::RawScalar;

/// {"values": [{"stringValue": "a"}, …]} as a list in JSON. Escaped texts stay as they are.
std::string list_of(Cursor& in) {
  std::string list = "[";
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key != "values") {
      in.skip();
      continue;
    }
    for (bool first_value = true; in.element(first_value);) {
      bool first_member = true;
      for (std::string_view type; in.member(first_member, type);) {
        const RawScalar value = in.scalar();
        list += list.size() > 1 ? ",\"" : "\"";
        list += value.text;
        list += '"';
      }
    }
  }
  return list + "]";
}

/// {"stringValue": "a"} and its like.
void read_value(Cursor& in, const AttributeKey& key, SpanDraft& draft) {
  if (in.peek() != '{') {
    draft.attribute(key, in.scalar(), false);
    return;
  }
  bool first = true;
  for (std::string_view type; in.member(first, type);) {
    if (type == "arrayValue" && key.slot == AttributeSlot::kParams && in.peek() == '{') {
      draft.params(list_of(in));
    } else if (type == "arrayValue" || type == "kvlistValue" || type == "bytesValue") {
      draft.present(key);
      in.skip();
    } else {
      draft.attribute(key, in.scalar(), false);
    }
  }
}

/// An attribute as nearly all exporters write nearly all of theirs: {"key":"…","value":{"stringValue":"…"}}, or a
/// number or a word, without blanks. False, and nothing is read: it is something else.
bool read_plain_attribute(Cursor& in, SpanDraft& draft) {
  const char* const begin = in.at();
  RawScalar name;
  RawScalar value;
  const auto number_or_word = [&] {
    value = in.scalar();
    return value.type != RawScalar::Type::kNone;
  };
  const bool is_plain =
      in.take("{\"key\":\"") && in.rest_of_string(name) && in.take(",\"value\":{\"") &&
      (in.take("stringValue\":\"")
           ? in.rest_of_string(value)
           : (in.take("intValue\":") || in.take("boolValue\":") || in.take("doubleValue\":")) && number_or_word()) &&
      in.take("}}");
  if (!is_plain && !in.failed()) {
    in.move_to(begin);
    return false;
  }
  const AttributeKey key = draft.key_of(name.text);
  if (is_plain && (key.slot != AttributeSlot::kNone || key.required != 0)) {
    draft.attribute(key, value, false);
  }
  return true;
}

/// One {"key": …, "value": …}. The key may come last.
void read_attribute(Cursor& in, SpanDraft& draft) {
  AttributeKey key;
  bool known = false;
  const char* value = nullptr;
  bool first = true;
  for (std::string_view name; in.member(first, name);) {
    if (name == "key") {
      const RawScalar text = in.scalar();
      key = draft.key_of(text.text);
      known = true;
    } else if (name == "value" && known && (key.slot != AttributeSlot::kNone || key.required != 0)) {
      read_value(in, key, draft);
    } else {
      value = name == "value" && !known ? in.at() : value;
      in.skip();
    }
  }
  if (value != nullptr && (key.slot != AttributeSlot::kNone || key.required != 0) && !in.failed()) {
    const char* const behind = in.at();
    in.move_to(value);
    read_value(in, key, draft);
    in.move_to(behind);
  }
}

void read_attributes(Cursor& in, SpanDraft& draft) {
  if (in.peek() != '[') {
    in.skip();
    return;
  }
  for (bool first = true; in.element(first);) {
    if (in.peek() != '{') {
      in.skip();
    } else if (!read_plain_attribute(in, draft)) {
      read_attribute(in, draft);
    }
  }
}

void read_status(Cursor& in, SpanDraft& draft) {
  if (in.peek() != '{') {
    draft.status(in.scalar());
    return;
  }
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    const RawScalar value = in.scalar();
    if (key == "code") {
      draft.status(value);
    }
  }
}

void read_span(Cursor& in, SpanDraft& draft) {
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "attributes") {
      read_attributes(in, draft);
    } else if (key == "traceId") {
      draft.trace(in.scalar());
    } else if (key == "spanId") {
      draft.id(in.scalar());
    } else if (key == "parentSpanId") {
      draft.parent(in.scalar());
    } else if (key == "name") {
      draft.name(in.scalar());
    } else if (key == "kind") {
      draft.kind(in.scalar());
    } else if (key == "startTimeUnixNano") {
      draft.start(nanoseconds_of(in.scalar(), 1));
    } else if (key == "endTimeUnixNano") {
      draft.end(nanoseconds_of(in.scalar(), 1));
    } else if (key == "status") {
      read_status(in, draft);
    } else {
      in.skip();
    }
  }
}

/// Members of an object of which one says what the others belong to: it is read first, wherever it stands.
template <class Head, class Body>
void read_head_first(Cursor& in, std::string_view head, std::string_view old_head, const Head& read_head,
                     const Body& read_body) {
  if (in.peek() != '{') {
    in.skip();
    return;
  }
  const char* const begin = in.at();
  bool has_head = false;
  bool came_early = false;
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == head || key == old_head) {
      read_head(in);
      has_head = true;
    } else if (has_head) {
      if (!read_body(in, key)) {
        in.skip();
      }
    } else {
      came_early = true;
      in.skip();
    }
  }
  if (!came_early || in.failed()) {
    return;
  }
  const char* const behind = in.at();
  in.move_to(begin);
  first = true;
  for (std::string_view key; in.member(first, key);) {
    const bool is_head = key == head || key == old_head;
    if (is_head && has_head) {
      break;  // what follows it was read
    }
    if (is_head || !read_body(in, key)) {
      in.skip();
    }
  }
  in.move_to(behind);
}

void read_scope(Cursor& in, NameId service, SpanReading& reading, SpanDraft& draft) {
  NameId scope = 0;
  read_head_first(
      in, "scope", "instrumentationLibrary",
      [&](Cursor& at) {
        if (at.peek() != '{') {
          at.skip();
          return;
        }
        bool first = true;
        for (std::string_view key; at.member(first, key);) {
          const RawScalar value = at.scalar();
          scope = key == "name" ? reading.names.number_of(value.text) : scope;
        }
      },
      [&](Cursor& at, std::string_view key) {
        if (key != "spans" || at.peek() != '[') {
          return false;
        }
        for (bool first = true; at.element(first);) {
          if (at.peek() != '{') {
            at.skip();
            continue;
          }
          draft.begin(service, scope, reading.lines(at.at()));
          read_span(at, draft);
          if (!at.failed()) {
            reading.sink.add(draft.finish());
          }
        }
        return true;
      });
}

/// The resource's attributes, of which the service is kept.
void read_resource(Cursor& in, SpanDraft& draft) {
  if (in.peek() != '{') {
    in.skip();
    return;
  }
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "attributes") {
      read_attributes(in, draft);
    } else {
      in.skip();
    }
  }
}

}  // namespace

void read_resource_spans(Cursor& in, SpanReading& reading) {
  if (in.peek() != '[') {
    in.skip();
    return;
  }
  SpanDraft draft(reading.keys, reading.names);
  for (bool first = true; in.element(first);) {
    NameId service = 0;
    std::uint64_t required = 0;
    read_head_first(
        in, "resource", "resource",
        [&](Cursor& at) {
          draft.of_resource(0);
          draft.begin(0, 0, 0);
          draft.take_resource(true);
          read_resource(at, draft);
          draft.take_resource(false);
          const ReadSpan& resource = draft.finish();
          service = resource.span.service;
          required = resource.span.attributes;
        },
        [&](Cursor& at, std::string_view key) {
          if ((key != "scopeSpans" && key != "instrumentationLibrarySpans") || at.peek() != '[') {
            return false;
          }
          draft.of_resource(required);
          for (bool first_scope = true; at.element(first_scope);) {
            read_scope(at, service, reading, draft);
          }
          return true;
        });
  }
}

}  // namespace budgetcheck
