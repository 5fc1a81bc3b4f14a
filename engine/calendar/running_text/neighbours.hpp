#pragma once

#include <string_view>

#include "engine/calendar/phrase/clause.hpp"
#include "engine/calendar/running_text/beginnings.hpp"

namespace xiaohao::calendar::running_text {

/// A phrase that the grammar took out of a line, with its neighbours.
struct Candidate {
  std::string_view text;  ///< of the whole line
  std::size_t begin, end;
  Beginning beginning;
  bool quoted;        ///< quotation marks stood before it: “10.17”
  bool softened;      ///< 力争 stands at once after it
  bool month_is_set;  ///< an earlier clause of its sentence named a month

  std::string_view phrase() const { return text.substr(begin, end - begin); }
  std::string_view after() const { return text.substr(end); }
};

/// Does the phrase set a term here, or does it only mention a time: the year of a title, 每户3000元, 3月龄,
/// 上年度?
bool sets_a_term(Candidate const& candidate, phrase::Meaning const& meaning);

/// Is a phrase that could not be read certainly meant as a term, so that a person must be told?
bool is_meant_as_a_term(Candidate const& candidate, Trouble trouble);

/// 3月底或4月底: which of them counts is not said.
bool has_an_alternative(Candidate const& candidate);

/// How many bytes of `text` look like part of a time: the extent of a phrase that could not be read.
std::size_t extent_of_time(std::string_view text);

}  // namespace xiaohao::calendar::running_text
