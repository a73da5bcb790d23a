// Instantiates no_functions.wasm with its import object.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <wasm.h>

static wasm_store_t* store;

int main(void) {
  store = wasm_store_new(wasm_engine_new());
  FILE* file = fopen("no_functions.wasm", "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file);
  rewind(file);
  wasm_byte_vec_t bytes;
  wasm_byte_vec_new_uninitialized(&bytes, size);
  if (fread(bytes.data, 1, size, file) != size) return 1;
  fclose(file);
  wasm_module_t* module = wasm_module_new(store, &bytes);
  if (!module) return 1;

  wasm_extern_t* externs[2] = {NULL};
  { wasm_limits_t limits = {1, wasm_limits_max_default}; wasm_memory_t* made = wasm_memory_new(store, wasm_memorytype_new(&limits)); externs[0] = wasm_memory_as_extern(made); }
  { wasm_val_t value = {.kind = WASM_I32, .of = {.i32 = (int32_t)0x3u}}; externs[1] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new(WASM_I32), WASM_CONST), &value)); }
  wasm_extern_vec_t imports = {2, externs};
  wasm_trap_t* trap = NULL;
  wasm_instance_t* instance = wasm_instance_new(store, module, &imports, &trap);
  if (!instance) return 1;
  wasm_exporttype_vec_t exports;
  wasm_module_exports(module, &exports);
  for (size_t i = 0; i < exports.size; i++) {
    const wasm_name_t* name = wasm_exporttype_name(exports.data[i]);
    printf("%.*s\n", (int)name->size, name->data);
  }
  return 0;
}
