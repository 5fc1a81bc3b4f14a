# cmake -DDOCUMENT=… -DNAME=… -DOUTPUT=… -P code_in.cmake
# Writes the code that stands in DOCUMENT behind the marker `<!-- NAME, compiled by a test -->`.
file(READ "${DOCUMENT}" text)
string(FIND "${text}" "<!-- ${NAME}, compiled by a test -->" marker)
if(marker EQUAL -1)
  message(FATAL_ERROR "${DOCUMENT} has no code of ${NAME}")
endif()
string(SUBSTRING "${text}" ${marker} -1 text)
string(FIND "${text}" "```cpp\n" begin)
math(EXPR begin "${begin} + 7")
string(SUBSTRING "${text}" ${begin} -1 text)
string(FIND "${text}" "```" end)
string(SUBSTRING "${text}" 0 ${end} text)
file(WRITE "${OUTPUT}" "${text}")
