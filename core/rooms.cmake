# guzheng_room(NAME [SOURCES ...] [LINK ...]) makes core/NAME a static library `room_NAME`
# and links just the rooms that core/rooms.txt allows, transitively visible: an arrow that is
# not in the file does not link, and tests/architecture/check_rooms.py says why.
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/rooms.txt GUZHENG_ROOM_LINES REGEX "^[a-z]")
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/rooms.txt GUZHENG_QT_ROOMS REGEX "^[a-z]+ \\[qt\\]")
list(TRANSFORM GUZHENG_QT_ROOMS REPLACE " .*" "")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/rooms.txt)

add_library(guzheng_flags INTERFACE)
target_compile_options(guzheng_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
target_include_directories(guzheng_flags INTERFACE ${CMAKE_SOURCE_DIR})
# everybody's, so that all are compiled with the same macros and can share a precompiled header
target_link_libraries(guzheng_flags INTERFACE nlohmann_json::nlohmann_json fmt::fmt Threads::Threads)
if(GUZHENG_SANITIZE)
  target_compile_options(guzheng_flags INTERFACE -fsanitize=${GUZHENG_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(guzheng_flags INTERFACE -fsanitize=${GUZHENG_SANITIZE})
endif()

# libFuzzer steers by what it sees reached: the rooms themselves must tell it, not only the targets
if(GUZHENG_FUZZ)
  target_compile_options(guzheng_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(guzheng_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(guzheng_room_arrows NAME OUT)
  set(result "")
  foreach(line IN LISTS GUZHENG_ROOM_LINES)
    if(line MATCHES "^${NAME}( \\[qt\\])?:(.*)$")
      string(STRIP "${CMAKE_MATCH_2}" targets)
      string(REPLACE " " ";" result "${targets}")
      set(found TRUE)
    endif()
  endforeach()
  if(NOT found)
    message(FATAL_ERROR "core/${NAME} is no room: add it to core/rooms.txt with the arrows it needs")
  endif()
  set(${OUT} "${result}" PARENT_SCOPE)
endfunction()

function(guzheng_room NAME)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LINK;PRIVATE" ${ARGN})
  add_library(room_${NAME} STATIC ${ROOM_SOURCES})
  target_link_libraries(room_${NAME} PUBLIC guzheng_flags ${ROOM_LINK} PRIVATE ${ROOM_PRIVATE})
  if(NOT NAME STREQUAL "base")
    target_link_libraries(room_${NAME} PUBLIC room_base)
  endif()
  guzheng_room_arrows(${NAME} arrows)
  if(NOT NAME IN_LIST GUZHENG_QT_ROOMS)
    target_precompile_headers(room_${NAME} REUSE_FROM guzheng_pch)
  endif()
  foreach(arrow IN LISTS arrows)
    target_link_libraries(room_${NAME} PUBLIC room_${arrow})
  endforeach()
endfunction()

# One precompiled header for everything without Qt: std, fmt and JSON, nothing of ours. Half of a file's compile time is theirs.
# Targets with Qt are compiled otherwise (-fPIC, Qt's macros) and cannot share it. One host compiles it, all reuse it.
set(GUZHENG_PCH <vector> <string> <string_view> <memory> <functional> <optional> <span> <map> <set> <algorithm> <chrono>
  <filesystem> <mutex> <condition_variable> <thread> <atomic> <cstdint> <nlohmann/json.hpp> <fmt/format.h> <tl/expected.hpp>)
function(guzheng_pch_host NAME)
  cmake_parse_arguments(P "" "" "HEADERS;LINK" ${ARGN})
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${NAME}.cpp CONTENT "")
  add_library(${NAME} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/${NAME}.cpp)
  target_link_libraries(${NAME} PRIVATE guzheng_flags ${P_LINK})
  target_precompile_headers(${NAME} PRIVATE ${P_HEADERS})
endfunction()
