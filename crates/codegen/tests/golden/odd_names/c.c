// Instantiates odd_names.wasm with its import object.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <wasm.h>

static wasm_store_t* store;

static wasm_trap_t* host_import_object_(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  return NULL;
}

static wasm_trap_t* host_env_a_b(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  return NULL;
}

static wasm_trap_t* host_env_a_b__(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  // `env.a b" ` is JavaScript; here it returns zeros: write its body in C.
  results->data[0] = (wasm_val_t){.kind = WASM_I32, .of = {.i32 = (int32_t)0x0u}};
  return NULL;
}

static wasm_trap_t* host__1_x(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  exit(-1);
}

static wasm_trap_t* host___(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  char text[1024];
  snprintf(text, sizeof text, "\342\200\256");
  wasm_message_t message;
  wasm_name_new_from_string_nt(&message, text);
  return wasm_trap_new(store, &message);
}

static wasm_trap_t* host_import_self(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  // `import.self` is reading a string; here it returns zeros: write its body in C.
  return NULL;
}

static wasm_valtype_vec_t kinds(size_t count, const wasm_valkind_t* of) {
  wasm_valtype_vec_t all;
  wasm_valtype_vec_new_uninitialized(&all, count);
  for (size_t i = 0; i < count; i++) all.data[i] = wasm_valtype_new(of[i]);
  return all;
}

int main(void) {
  store = wasm_store_new(wasm_engine_new());
  FILE* file = fopen("odd_names.wasm", "rb");
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

  wasm_extern_t* externs[11] = {NULL};
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(0, NULL); externs[0] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_import_object_)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(0, NULL); externs[1] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_a_b)); }
  { wasm_valtype_vec_t params = kinds(1, (const wasm_valkind_t[]){WASM_I32}), results = kinds(1, (const wasm_valkind_t[]){WASM_I32}); externs[3] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_a_b__)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(0, NULL); externs[4] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host__1_x)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(0, NULL); externs[5] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host___)); }
  // `env.__proto__` is an export of another module, which wasm.h cannot make here.
  { wasm_val_t value = {.kind = WASM_I32, .of = {.i32 = (int32_t)0x1u}}; externs[7] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new(WASM_I32), WASM_CONST), &value)); }
  { wasm_valtype_vec_t params = kinds(1, (const wasm_valkind_t[]){WASM_I32}), results = kinds(0, NULL); externs[8] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_import_self)); }
  wasm_extern_vec_t imports = {11, externs};
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
