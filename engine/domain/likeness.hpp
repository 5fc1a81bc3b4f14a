#pragma once

// How alike two texts are, by a measure that can be explained to whoever doubts it: the pairs of neighbouring
// characters that they share (Dice 1945). It proposes; a person decides which problems are similar.

#include <string>
#include <string_view>
#include <vector>

namespace xiaohao {

/// Twice the shared pairs in a hundred of all pairs, 0 to 100. Spaces, punctuation and case do not count.
/// Texts are UTF-8; a text of fewer than two characters is like none.
int likeness_percent(std::string_view a, std::string_view b);

/// The longest runs of at least three characters that both have, at most `limit`, longest first: the words
/// by which a person sees why.
std::vector<std::string> shared_runs(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace xiaohao
