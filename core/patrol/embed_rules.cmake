# Turns resources/patrol/rules.json into one .cpp: cmake -DTEXT=… -DOUT=… -P embed_rules.cmake
file(READ "${TEXT}" text)
file(WRITE "${OUT}" "// Made from resources/patrol/rules.json by core/patrol/embed_rules.cmake.\n#include \"core/patrol/rules_text.h\"\n\n"
  "namespace guzheng {\n\nstd::string_view patrol_rules_text() {\n  return R\"patrol(${text})patrol\";\n}\n\n}  // namespace guzheng\n")
