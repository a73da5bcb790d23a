// Instantiates every_type.wasm with its import object.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <wasm.h>

static wasm_store_t* store;

static struct timespec began;

static int64_t nanoseconds(struct timespec since) {
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (int64_t)(now.tv_sec - since.tv_sec) * 1000000000 + (now.tv_nsec - since.tv_nsec);
}

static uint64_t splitmix64(uint64_t* state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15ull;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ z >> 27) * 0x94d049bb133111ebull;
  return z ^ z >> 31;
}

static wasm_trap_t* host_env_random(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  static uint64_t state = 7ull;
  results->data[0] = (wasm_val_t){.kind = WASM_F32, .of = {.f32 = (float)(splitmix64(&state) >> 40) / (1u << 24)}};
  return NULL;
}

static wasm_trap_t* host_env_count_i32(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  static uint64_t calls = 0;
  uint64_t n = calls++;
  results->data[0] = (wasm_val_t){.kind = WASM_I32, .of = {.i32 = (int32_t)(4294967295u + 2147483647u * (uint32_t)n)}};
  return NULL;
}

static wasm_trap_t* host_env_count_i64(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  static uint64_t calls = 0;
  uint64_t n = calls++;
  results->data[0] = (wasm_val_t){.kind = WASM_I64, .of = {.i64 = (int64_t)(9223372036854775807ull + 1ull * n)}};
  results->data[1] = (wasm_val_t){.kind = WASM_I32, .of = {.i32 = (int32_t)0x0u}};
  return NULL;
}

static wasm_trap_t* host_env_count_f32(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  static uint64_t calls = 0;
  uint64_t n = calls++;
  results->data[0] = (wasm_val_t){.kind = WASM_F32, .of = {.f32 = (float)(0.5 + -0.0 * (double)n)}};
  return NULL;
}

static wasm_trap_t* host_env_count_f64(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  static uint64_t calls = 0;
  uint64_t n = calls++;
  results->data[0] = (wasm_val_t){.kind = WASM_F64, .of = {.f64 = 0.0 + 0.1 * (double)n}};
  return NULL;
}

static wasm_trap_t* host_env_time_i32(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  int64_t now = nanoseconds((struct timespec){0});
  results->data[0] = (wasm_val_t){.kind = WASM_I32, .of = {.i32 = (int32_t)(now / 1000000000)}};
  return NULL;
}

static wasm_trap_t* host_env_time_i64(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  int64_t now = nanoseconds((struct timespec){0});
  results->data[0] = (wasm_val_t){.kind = WASM_I64, .of = {.i64 = now / 1000000}};
  return NULL;
}

static wasm_trap_t* host_env_time_f64(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  int64_t now = nanoseconds(began);
  results->data[0] = (wasm_val_t){.kind = WASM_F64, .of = {.f64 = (double)now / 1}};
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
  timespec_get(&began, TIME_UTC);
  FILE* file = fopen("every_type.wasm", "rb");
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

  wasm_extern_t* externs[19] = {NULL};
  // `env.all` has a type that wasm.h has no name for; it is left out.
  // `env.all_random` has a type that wasm.h has no name for; it is left out.
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(1, (const wasm_valkind_t[]){WASM_F32}); externs[2] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_random)); }
  { wasm_valtype_vec_t params = kinds(1, (const wasm_valkind_t[]){WASM_I32}), results = kinds(1, (const wasm_valkind_t[]){WASM_I32}); externs[3] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_count_i32)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(2, (const wasm_valkind_t[]){WASM_I64, WASM_I32}); externs[4] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_count_i64)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(1, (const wasm_valkind_t[]){WASM_F32}); externs[5] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_count_f32)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(1, (const wasm_valkind_t[]){WASM_F64}); externs[6] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_count_f64)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(1, (const wasm_valkind_t[]){WASM_I32}); externs[7] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_time_i32)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(1, (const wasm_valkind_t[]){WASM_I64}); externs[8] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_time_i64)); }
  // `env.time_f32` has a type that wasm.h has no name for; it is left out.
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(1, (const wasm_valkind_t[]){WASM_F64}); externs[10] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_time_f64)); }
  // `env.shown` has a type that wasm.h has no name for; it is left out.
  { wasm_val_t value = {.kind = WASM_F32, .of = {.f32 = (0.0 / 0.0)}}; externs[12] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new(WASM_F32), WASM_CONST), &value)); }
  { wasm_val_t value = {.kind = WASM_F64, .of = {.f64 = (-1.0 / 0.0)}}; externs[13] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new(WASM_F64), WASM_CONST), &value)); }
  { wasm_val_t value = {.kind = WASM_F64, .of = {.f64 = -0.0}}; externs[14] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new(WASM_F64), WASM_VAR), &value)); }
  // `env.lanes` has a type that wasm.h has no name for; it is left out.
  { wasm_val_t value = {.kind = WASM_EXTERNREF, .of = {.ref = NULL}}; externs[16] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new(WASM_EXTERNREF), WASM_CONST), &value)); }
  { wasm_val_t value = {.kind = WASM_FUNCREF, .of = {.ref = NULL}}; externs[17] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new(WASM_FUNCREF), WASM_VAR), &value)); }
  // `env.shared` is a memory, and wasm.h cannot make one that is shared.
  wasm_extern_vec_t imports = {19, externs};
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
