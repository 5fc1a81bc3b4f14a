#include "engine/calendar/running_text/scan.hpp"

#include <algorithm>

#include "engine/calendar/phrase/clause.hpp"
#include "engine/calendar/phrase/explanation.hpp"
#include "engine/calendar/phrase/tail.hpp"
#include "engine/calendar/phrase/troubles.hpp"
#include "engine/calendar/running_text/neighbours.hpp"

namespace xiaohao::calendar::running_text {
namespace {

/// How much of a line the grammar may look at from where a phrase begins: what keeps the time linear.
constexpr std::size_t window_bytes_max = 240;
/// 收到通知后 and the like before a period: how far back it may begin.
constexpr std::size_t reference_bytes_max = 60;

class LineScan {
 public:
  LineScan(Line const& line, std::string_view original, PhraseContext const& context)
      : line_(line), text_(line.text), original_(original), context_(context) {}

  std::vector<Found> run() {
    while (at_ < text_.size()) {
      note_boundary();
      Beginning const beginning = beginning_at(text_, at_);
      std::size_t const taken = beginning == Beginning::None ? 0 : attempt(beginning);
      at_ += taken > 0 ? taken : step();
    }
    return std::move(found_);
  }

 private:
  Line const& line_;
  std::string_view text_;
  std::string_view original_;
  PhraseContext const& context_;
  std::size_t at_ = 0;
  std::size_t clause_begin_ = 0;
  std::size_t stop_ = 0;  ///< the end of the sentence's part that holds `at_`
  std::size_t next_soft_ = 0;
  std::optional<int> year_;        ///< named by an earlier clause of this sentence
  std::optional<unsigned> month_;  ///< the same
  std::vector<Found> found_;

  void note_boundary() {
    char const c = text_[at_];
    if (c != ',' && c != ';' && c != ':' && c != '!' && c != '?') return;
    clause_begin_ = at_ + 1;
    bool const ends_sentence =
        c == '!' || c == '?' || (c == ';' && original_.substr(line_.from[at_]).starts_with("。"));
    if (ends_sentence) year_.reset(), month_.reset();
  }

  /// To the next character; over the whole of a number, so that no part of it is taken for a date.
  std::size_t step() const {
    auto const digit = [&](std::size_t at) {
      return at < text_.size() && text_[at] >= '0' && text_[at] <= '9';
    };
    std::size_t length = character_at(text_.substr(at_)).bytes;
    if (digit(at_))
      while (digit(at_ + length)) ++length;
    return length;
  }

  /// What the grammar may read from `begin`: to the end of the clause for recurrences, whose words reach no
  /// further, else to the end of the sentence's part.
  std::string_view window(std::size_t begin, Beginning beginning) {
    if (stop_ <= begin || stop_ > text_.size())
      stop_ = std::min(text_.find_first_of(";!?", begin), text_.size());
    std::string_view const rest = text_.substr(begin, std::min(stop_ - begin, window_bytes_max));
    bool const one_clause = beginning == Beginning::Recurrence || beginning == Beginning::Open ||
                            beginning == Beginning::Immediate;
    return one_clause ? rest.substr(0, rest.find_first_of(",:()")) : rest;
  }

  std::size_t attempt(Beginning beginning) {
    std::string_view const rest = window(at_, beginning);
    if (beginning == Beginning::Vague) return vague(rest);
    phrase::Inherited inherited{year_.value_or(context_.year), month_};
    phrase::Scanner scanner(rest);
    auto const meaning = phrase::take_deadline(scanner, context_, inherited);
    if (!meaning) return unreadable(beginning, meaning.error(), rest);
    if (!*meaning) return 0;
    std::size_t const end = at_ + rest.size() - scanner.rest().size();
    Candidate const candidate = candidate_of(end, beginning);
    if (!phrase::within_calendar(**meaning)) return end - at_;
    if (!sets_a_term(candidate, **meaning)) {
      learn(candidate, inherited, (*meaning)->mention);
      return end - at_;
    }
    if (has_an_alternative(candidate)) {
      report(at_, end, phrase::ambiguous("或"), {}, {});
      return end - at_;
    }
    accept(candidate, std::move(**meaning), inherited);
    return end - at_;
  }

  Candidate candidate_of(std::size_t end, Beginning beginning) const {
    return {text_, at_, end, beginning, quoted_before(at_), soft_at(end), month_.has_value()};
  }

  bool quoted_before(std::size_t at) const {
    std::string_view const before = original_.substr(0, line_.from[at]);
    return before.ends_with("“") || before.ends_with("\"") || before.ends_with("「");
  }

  bool soft_at(std::size_t place) const {
    auto const found = std::lower_bound(line_.soft_words.begin(), line_.soft_words.end(), place,
                                        [](SoftWord const& word, std::size_t at) { return word.at < at; });
    return found != line_.soft_words.end() && found->at == place;
  }

  /// The soft word that weakens a phrase: in its clause before it, inside it, or at once after it.
  std::optional<SoftWord> softening(std::size_t end) {
    while (next_soft_ < line_.soft_words.size() && line_.soft_words[next_soft_].at < clause_begin_)
      ++next_soft_;
    if (next_soft_ < line_.soft_words.size() && line_.soft_words[next_soft_].at <= end)
      return line_.soft_words[next_soft_];
    return std::nullopt;
  }

  /// A later clause takes the year and the month of an earlier one; a bygone year that is only mentioned
  /// (上年度, 2020年以来) gives none.
  void learn(Candidate const& candidate, phrase::Inherited const& inherited, bool mention) {
    if (mention && inherited.year < context_.year) return;
    if (candidate.after().starts_with("以来")) return;
    if (writes_a_year(candidate.phrase())) year_ = inherited.year;
    month_ = inherited.month;
  }

  static bool writes_a_year(std::string_view phrase) {
    std::size_t const digits = std::min(phrase.find_first_not_of("0123456789"), phrase.size());
    return digits == 4 || digits == 8 || phrase.find("年") != std::string_view::npos;
  }

  void accept(Candidate const& candidate, phrase::Meaning meaning, phrase::Inherited const& inherited) {
    std::size_t begin = candidate.begin;
    if (meaning.kind == ScheduleKind::Relative) begin = with_reference(begin);
    auto const soft = softening(candidate.end);
    std::optional<int> year_taken;
    std::optional<unsigned> month_taken;
    bool const dated = meaning.kind != ScheduleKind::Relative && meaning.kind != ScheduleKind::Immediate &&
                       meaning.kind != ScheduleKind::Open;
    if (dated && year_ && !writes_a_year(candidate.phrase())) year_taken = year_;
    if (dated && month_ && !names_its_month(candidate.phrase()) && needs_a_month(candidate.phrase()))
      month_taken = month_;
    Schedule schedule{"", meaning.kind, meaning.start, meaning.due, meaning.recurrence, soft.has_value()};
    Text explanation = phrase::explanation_of(meaning, soft.has_value());
    std::size_t from = line_.from[begin];
    if (soft && soft->at <= candidate.begin && only_openers_between(soft->at, candidate.begin))
      from = std::min<std::size_t>(from, soft->written_from);
    std::size_t to = line_.to[as_written(candidate) - 1];
    if (soft && soft->at == candidate.end) to = soft->written_to;  // 2024年力争
    report_from(from, to, Reading{std::move(schedule), std::move(explanation)}, year_taken, month_taken);
    learn(candidate, inherited, false);
  }

  /// Where the phrase ends as a person would mark it: 持续推进 with its verb, 每季度至少开展一次 without
  /// 至少.
  static std::size_t as_written(Candidate const& candidate) {
    if (candidate.beginning == Beginning::Open) return candidate.end + verb_of_open(candidate.after());
    for (std::string_view word : {"至少", "不少于", "不低于", "不得少于"})
      if (candidate.phrase().ends_with(word) && candidate.phrase().size() > word.size())
        return candidate.end - word.size();
    return candidate.end;
  }

  static bool names_its_month(std::string_view phrase) {
    auto const month = phrase.find("月");
    return month != std::string_view::npos && month > 0 && phrase[month - 1] >= '0' &&
           phrase[month - 1] <= '9';
  }
  static bool needs_a_month(std::string_view phrase) {
    phrase::Scanner scanner(phrase);
    return scanner.number_before({"日", "号"}, 2) ||
           scanner.sees_any({"月底", "月末", "上旬", "中旬", "下旬"});
  }

  bool only_openers_between(std::size_t from, std::size_t to) const {
    phrase::Scanner scanner(text_.substr(from, to - from));
    phrase::skip_openers(scanner);
    return scanner.at_end();
  }

  /// Where a period begins with the words it counts from: 收到通知后10个工作日内.
  std::size_t with_reference(std::size_t begin) const {
    std::size_t const earliest =
        std::max(clause_begin_, begin > reference_bytes_max ? begin - reference_bytes_max : 0);
    std::string_view before = text_.substr(earliest, begin - earliest);
    std::string_view joined = before;
    for (std::string_view joint : {"的", "在", "于", "内"})
      if (joined.ends_with(joint)) joined.remove_suffix(joint.size());
    bool const refers = joined.ends_with("后") || joined.ends_with("起") || joined.ends_with("之日");
    if (!refers) return begin;
    std::size_t at = 0;
    for (std::string_view opener : {"在", "于", "应", "须", "要", "将", "并", "(", ")", "、"})
      if (auto const found = joined.rfind(opener); found != std::string_view::npos)
        at = std::max(at, found + opener.size());
    for (std::string_view opener : {"自", "从"})
      if (auto const found = joined.rfind(opener); found != std::string_view::npos) at = std::max(at, found);
    while (earliest + at < begin && (static_cast<unsigned char>(text_[earliest + at]) & 0xC0u) == 0x80u) ++at;
    if (found_.empty() || found_.back().to <= line_.from[earliest + at]) return earliest + at;
    return begin;
  }

  std::size_t vague(std::string_view rest) {
    std::string_view const word = phrase::vague_word_at(rest);
    std::size_t const length = word.empty() ? extent_of_time(rest) : word.size();
    if (length == 0) return 0;
    report(at_, at_ + length, phrase::ambiguous(rest.substr(0, length)), {}, {});
    return length;
  }

  std::size_t unreadable(Beginning beginning, Unread const& trouble, std::string_view rest) {
    std::size_t const length = extent_of_time(rest);
    Candidate const candidate = candidate_of(at_ + length, beginning);
    if (length == 0 || trouble.trouble == Trouble::Nonsense ||
        !is_meant_as_a_term(candidate, trouble.trouble))
      return 0;
    std::size_t const begin =
        trouble.trouble == Trouble::NoReference ? with_reference(candidate.begin) : candidate.begin;
    report(begin, candidate.end, tl::unexpected(trouble), {}, {});
    return length;
  }

  void report(std::size_t begin, std::size_t end, Read<Reading> reading, std::optional<int> year,
              std::optional<unsigned> month) {
    report_from(line_.from[begin], line_.to[end - 1], std::move(reading), year, month);
  }
  void report_from(std::size_t from, std::size_t to, Read<Reading> reading, std::optional<int> year,
                   std::optional<unsigned> month) {
    found_.push_back({from, to, std::move(reading), year, month});
  }
};

}  // namespace

std::vector<Found> scan_line(Line const& line, std::string_view original, PhraseContext const& context) {
  return LineScan(line, original, context).run();
}

}  // namespace xiaohao::calendar::running_text
