# SPDX-License-Identifier: GPL-3.0-or-later
# How a folder becomes a target: a library of its sources and messages, and for an app the program around it.
file(TOUCH ${CMAKE_BINARY_DIR}/empty.cpp)

# One folder, one target: every .cpp and .proto in it (for a program also in its subfolders, but main.cpp) becomes a library named after the path.
function(huisbord_protos target folder)
  file(GLOB protos CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.proto)
  set(made ${CMAKE_BINARY_DIR}/proto)
  foreach(proto ${protos})
    get_filename_component(name ${proto} NAME_WE)
    set(out ${made}/${folder}/${name}.pb)
    add_custom_command(OUTPUT ${out}.cc ${out}.h
      COMMAND ${CMAKE_COMMAND} -E make_directory ${made}
      COMMAND protobuf::protoc --proto_path=${CMAKE_SOURCE_DIR} --cpp_out=${made} ${proto}
      DEPENDS ${proto} VERBATIM)
    target_sources(${target} PRIVATE ${out}.cc ${out}.h)
    set_source_files_properties(${out}.cc PROPERTIES COMPILE_OPTIONS "-w" GENERATED ON)
  endforeach()
  if(protos)
    target_include_directories(${target} SYSTEM PUBLIC ${made})
  endif()
endfunction()

function(huisbord_library folder)
  cmake_parse_arguments(ARG "" "" "USES;LIBRARIES;SOURCES" ${ARGN})
  string(REPLACE "/" "_" target ${folder})
  add_library(${target} STATIC ${ARG_SOURCES} ${CMAKE_BINARY_DIR}/empty.cpp)
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
  string(REPLACE "/" "_" uses "${ARG_USES}")
  target_link_libraries(${target} PUBLIC ${uses} ${ARG_LIBRARIES})
  huisbord_protos(${target} ${folder})
endfunction()

# huisbord_folder(core/base USES <folders> LIBRARIES <targets>): the library of that folder alone, without its subfolders.
function(huisbord_folder folder)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  huisbord_library(${folder} SOURCES ${sources} ${ARGN})
endfunction()

# huisbord_program(app/kiosk huisbord ...): a library of everything but main.cpp, so that tests link it, and the program itself.
function(huisbord_program folder program)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/${folder}/main.cpp)
  huisbord_library(${folder} SOURCES ${sources} ${ARGN})
  string(REPLACE "/" "_" target ${folder})
  if(EXISTS ${CMAKE_SOURCE_DIR}/${folder}/main.cpp)
    add_executable(${program} ${CMAKE_SOURCE_DIR}/${folder}/main.cpp)
    target_link_libraries(${program} PRIVATE ${target})
    set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  endif()
endfunction()
