# Turns resources/pinyin/initials.txt into one .cpp: cmake -DTEXT=… -DOUT=… -P embed_initials.cmake. As bytes: compilers may refuse long literals.
file(READ "${TEXT}" hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
file(WRITE "${OUT}" "// Made from resources/pinyin/initials.txt by core/search/embed_initials.cmake.\n#include \"core/search/initials_text.h\"\n\n"
  "namespace guzheng {\nnamespace {\nconstexpr unsigned char kInitialsText[] = {\n${bytes}\n};\n}\n"
  "std::string_view initials_text() { return {reinterpret_cast<const char*>(kInitialsText), sizeof kInitialsText}; }\n}  // namespace guzheng\n")
