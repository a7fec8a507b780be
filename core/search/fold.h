// Room search. Text as search and matching see it: one width, one case, no punctuation, no spaces. Pure; any thread; UTF-8 that was checked before.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guzheng {

// "Ａ（北京）·b店" → "a北京b店". `origin`, when given, gets for each byte of the result the byte of `text` that its character began at,
// and one more: where the last character that was kept ends.
std::string fold_text(std::string_view text, std::vector<std::uint32_t>* origin = nullptr);
std::string fold_code(std::string_view text);                    // codes and numbers: letters and digits only, upper case
std::size_t count_characters(std::string_view text);
std::string_view first_characters(std::string_view text, std::size_t count);

// A short key for an exact value in the index, of letters and digits; equal values have equal keys, others hardly ever (64 bits).
std::string value_key(std::string_view value);
std::uint64_t value_hash(std::string_view value);
std::string normal_link(std::string_view link);                  // without scheme, "www.", fragment and closing slash; host in lower case

// Pinyin initials of folded text, as the index takes them: a letter a character, "[cz]" where it may be either, "." where none is known.
std::string initials_of(std::string_view folded);
inline constexpr std::size_t kMostInitials = 160;                // characters of one text that are found by initials
// Where `letters` fits into initials_of(folded), as a character's number, or npos.
std::size_t find_initials(std::string_view initials, std::string_view letters);

}  // namespace guzheng
