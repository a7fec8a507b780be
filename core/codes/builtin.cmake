# Texts of resources/codes into one .cpp: cmake -DOUT=… -Dregions_csv=PATH -Dcleaning_json=PATH -P builtin.cmake
set(text "// Made from resources/codes by core/codes/builtin.cmake.\n#include \"core/codes/builtin.h\"\n\nnamespace guzheng {\n")
foreach(name regions_csv cleaning_json)
  file(READ "${${name}}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
  string(APPEND text "namespace {\nconstexpr unsigned char k_${name}[] = {\n${bytes}\n};\n}\n"
    "std::string_view builtin_${name}() { return {reinterpret_cast<const char*>(k_${name}), sizeof k_${name}}; }\n")
endforeach()
string(APPEND text "}  // namespace guzheng\n")
file(WRITE "${OUT}" "${text}")
