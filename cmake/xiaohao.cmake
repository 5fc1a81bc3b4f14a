# xiaohao_library(NAME SOURCES … [DEPENDS …] [PRIVATE_DEPENDS …])
# One static library for one folder. What a folder may use is what it lists here, and the linker holds it to that.
function(xiaohao_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS})
endfunction()

# xiaohao_apart(FILES …)
# Files that are compiled by themselves where a folder's files are otherwise compiled together (CMAKE_UNITY_BUILD, which saves most of the
# time of a build from nothing): a name in their unnamed namespace stands in another file, too. The debug preset compiles every file by itself.
function(xiaohao_apart)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# xiaohao_test(NAME SOURCES … [DEPENDS …] [LABELS …] [TIMEOUT SECONDS])
# One GoogleTest program, run by ctest as a whole under NAME, in the root of the project: paths in tests begin there.
function(xiaohao_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;DEPENDS;LABELS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS} GTest::gmock_main)
  # What is tested is sanitized; the sentences that test it are not, which saves a third of the time they take to compile.
  if(XIAOHAO_SANITIZE MATCHES "address")
    target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-sanitize=all>)
  endif()
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 600)  # a limit for what hangs; a busy machine may take its time
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}")
endfunction()

# xiaohao_embed(TARGET SYMBOL FILES …)
# Puts files into the program. `SYMBOL()` (declared in the generated "SYMBOL.embedded.hpp") gives them as a span of
# {path relative to the calling folder, bytes}, in the order given.
function(xiaohao_embed target symbol)
  set(assembly "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.embedded.S")
  set(header "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.embedded.hpp")
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.embedded.cpp")
  set(assembly_text ".section .rodata\n")
  set(externs "")
  set(entries "")
  set(paths "")
  set(index 0)
  foreach(file ${ARGN})
    cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" OUTPUT_VARIABLE path)
    set(label "embedded_${symbol}_${index}")
    string(APPEND assembly_text ".global ${label}\n.global ${label}_end\n.balign 16\n${label}:\n.incbin \"${path}\"\n${label}_end:\n.byte 0\n")
    string(APPEND externs "extern char const ${label}[];\nextern char const ${label}_end[];\n")
    cmake_path(RELATIVE_PATH path BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" OUTPUT_VARIABLE shown)
    if(shown MATCHES "^\\.\\.")  # generated: named relative to the build folder
      cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" OUTPUT_VARIABLE shown)
      cmake_path(RELATIVE_PATH shown BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
    endif()
    string(APPEND entries "      {\"${shown}\", {${label}, static_cast<std::size_t>(${label}_end - ${label})}},\n")
    list(APPEND paths "${path}")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND assembly_text ".section .note.GNU-stack,\"\",@progbits\n")
  file(GENERATE OUTPUT "${assembly}" CONTENT "${assembly_text}")
  file(GENERATE OUTPUT "${header}" CONTENT
"#pragma once
#include <span>
#include <string_view>
#include \"cmake/embedded_file.hpp\"
namespace xiaohao::embedded {
std::span<EmbeddedFile const> ${symbol}();
}
")
  file(GENERATE OUTPUT "${source}" CONTENT
"#include \"${symbol}.embedded.hpp\"
extern \"C\" {
${externs}}
namespace xiaohao::embedded {
std::span<EmbeddedFile const> ${symbol}() {
  static EmbeddedFile const files[] = {
${entries}  };
  return files;
}
}
")
  set_source_files_properties("${assembly}" PROPERTIES OBJECT_DEPENDS "${paths}")
  target_sources(${target} PRIVATE "${assembly}" "${source}")
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}" "${CMAKE_SOURCE_DIR}")
endfunction()
