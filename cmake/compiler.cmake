set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

set(XIAOHAO_SANITIZE "" CACHE STRING "Sanitizers, as given to -fsanitize=; empty for none")
option(XIAOHAO_FUZZ "Build the libFuzzer targets (clang only)" OFF)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Werror)

# g++ 12 reports these on correct standard-library code (GCC bugs 105329, 105651); the rest of each group stays on.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict> $<$<COMPILE_LANGUAGE:CXX>:-Wno-maybe-uninitialized>)
endif()

if(XIAOHAO_SANITIZE)
  # -Og compiles as fast as -O0, halves what is linked, and the tests run in half the time.
  add_compile_options(-fsanitize=${XIAOHAO_SANITIZE} -Og -g1 -fno-omit-frame-pointer -fno-sanitize-recover=all)
  # Without position independence: relocating the sanitizers' tables took a second of every start of a program.
  add_link_options(-fsanitize=${XIAOHAO_SANITIZE} -no-pie)
  if(XIAOHAO_SANITIZE MATCHES "thread")
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)  # g++ warns of atomic_thread_fence in every Asio unit
  endif()
  # What g++ checks at every access made a quarter of each compilation; the address sanitizer stops at most of it, and the fuzzers' clang checks it all.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND XIAOHAO_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=null,alignment,vptr,object-size)
  endif()
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND XIAOHAO_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=function)
  endif()
endif()
if(XIAOHAO_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()
