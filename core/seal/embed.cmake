# Turns the two text files into one .cpp: cmake -DOUT=… -Dverify_text=PATH -Dverify_script=PATH -P embed.cmake
# As bytes: a compiler may refuse string literals over 64 KiB, and a raw string could end inside the script.
set(text "// Made from resources/verify by core/seal/embed.cmake.\n#include \"core/seal/stock_text.h\"\n\nnamespace guzheng {\n")
foreach(name verify_text verify_script)
  file(READ "${${name}}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
  string(APPEND text "namespace {\nconstexpr unsigned char k_${name}[] = {\n${bytes}\n};\n}\n"
    "std::string_view ${name}() { return {reinterpret_cast<const char*>(k_${name}), sizeof k_${name}}; }\n")
endforeach()
string(APPEND text "}  // namespace guzheng\n")
file(WRITE "${OUT}" "${text}")
