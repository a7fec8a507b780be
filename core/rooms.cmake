# guzheng_room(NAME [SOURCES ...] [LINK ...]) makes core/NAME a static library `room_NAME`
# and links just the rooms that core/rooms.txt allows, transitively visible: an arrow that is
# not in the file does not link, and tests/architecture/check_rooms.py says why.
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/rooms.txt GUZHENG_ROOM_LINES REGEX "^[a-z]")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/rooms.txt)

add_library(guzheng_flags INTERFACE)
target_compile_options(guzheng_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers
  $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
target_include_directories(guzheng_flags INTERFACE ${CMAKE_SOURCE_DIR})
if(GUZHENG_SANITIZE)
  target_compile_options(guzheng_flags INTERFACE -fsanitize=${GUZHENG_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(guzheng_flags INTERFACE -fsanitize=${GUZHENG_SANITIZE})
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
  foreach(arrow IN LISTS arrows)
    target_link_libraries(room_${NAME} PUBLIC room_${arrow})
  endforeach()
endfunction()

# One precompiled header for all rooms without Qt: std and fmt, nothing of ours.
function(guzheng_pch TARGET)
  target_precompile_headers(${TARGET} PRIVATE <vector> <string> <string_view> <memory> <functional> <optional>
    <span> <map> <algorithm> <chrono> <mutex> <thread> <atomic> <cstdint>)
endfunction()
