# Turns the manual's text files into one .cpp: cmake -DOUT=FILE -DFROM=manual -P manual.cmake
file(GLOB pages RELATIVE "${FROM}" "${FROM}/zh/*.txt" "${FROM}/en/*.txt")
list(SORT pages)
set(text "// Made from app/guzheng-evidence/manual by manual.cmake.\n#include \"app/guzheng-evidence/manual_pages.h\"\n\n#include <map>\n#include <string>\n\n"
  "namespace guzheng::evidence {\n\nstd::string_view manual_page(std::string_view language, std::string_view name) {\n"
  "  static const std::map<std::string, std::string_view, std::less<>> pages{\n")
foreach(page IN LISTS pages)
  file(READ "${FROM}/${page}" words)
  if(words MATCHES "\\)page\"")
    message(FATAL_ERROR "${page} ends its own literal")
  endif()
  string(REPLACE ".txt" "" key "${page}")
  string(APPEND text "{\"${key}\", R\"page(${words})page\"},\n")
endforeach()
string(APPEND text "};\n  const auto it = pages.find(std::string(language) + \"/\" + std::string(name));\n"
  "  return it == pages.end() ? std::string_view{} : it->second;\n}\n\n}  // namespace guzheng::evidence\n")
file(WRITE "${OUT}" "${text}")
