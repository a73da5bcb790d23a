// Instantiates every_kind.wasm with its import object.
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

static const char* as_binary(char* to, uint64_t bits) {
  char* at = to + 66;
  do {
    *--at = (char)('0' + (bits & 1));
  } while (bits >>= 1);
  *--at = 'b';
  *--at = '0';
  return at;
}

static const char* as_utf8(char* to, int64_t code) {
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) code = 0xfffd;
  char* at = to;
  if (code < 0x80) {
    *at = (char)code;
    return to;
  }
  int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  *at++ = (char)((int[]){0xc0, 0xe0, 0xf0}[more - 1] | code >> (6 * more));
  while (more-- > 0) *at++ = (char)(0x80 | ((code >> (6 * more)) & 0x3f));
  return to;
}

static uint32_t f32_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static uint64_t f64_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static wasm_trap_t* host_env_value(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  results->data[0] = (wasm_val_t){.kind = WASM_I32, .of = {.i32 = (int32_t)0xffffffffu}};
  results->data[1] = (wasm_val_t){.kind = WASM_I64, .of = {.i64 = (int64_t)0xffdfffffffffffffull}};
  results->data[2] = (wasm_val_t){.kind = WASM_F32, .of = {.f32 = 1.5}};
  results->data[3] = (wasm_val_t){.kind = WASM_F64, .of = {.f64 = (-1.0 / 0.0)}};
  return NULL;
}

static wasm_trap_t* host_env_zero(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  results->data[0] = (wasm_val_t){.kind = WASM_F64, .of = {.f64 = 0.0}};
  return NULL;
}

static wasm_trap_t* host_env_nothing(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  return NULL;
}

static wasm_trap_t* host_env_log(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  fprintf(stdout, "0x%llx %s %llu i32 %lld %lld 0x%llx %s %llu i64 %lld %.9g 0x%llx %.17g %s \"{}\" 100%% `$ ?\?/ \\ ü\n", (unsigned long long)(uint32_t)arguments->data[0].of.i32, as_binary((char[67]){0}, (uint32_t)arguments->data[0].of.i32), (unsigned long long)(uint32_t)arguments->data[0].of.i32, (long long)arguments->data[0].of.i32, (long long)arguments->data[0].of.i32, (unsigned long long)(uint64_t)arguments->data[1].of.i64, as_binary((char[67]){0}, (uint64_t)arguments->data[1].of.i64), (unsigned long long)(uint64_t)arguments->data[1].of.i64, (long long)arguments->data[1].of.i64, (double)arguments->data[2].of.f32, (unsigned long long)f32_bits(arguments->data[2].of.f32), arguments->data[3].of.f64, as_binary((char[67]){0}, f64_bits(arguments->data[3].of.f64)));
  return NULL;
}

static wasm_trap_t* host_env_letters(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  fprintf(stdout, "%s%s%s\n", as_utf8((char[5]){0}, arguments->data[0].of.i32), as_utf8((char[5]){0}, arguments->data[1].of.i64), as_utf8((char[5]){0}, arguments->data[2].of.i32));
  results->data[0] = (wasm_val_t){.kind = WASM_I64, .of = {.i64 = (int64_t)0x7ull}};
  return NULL;
}

static wasm_trap_t* host_env_warn(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  fprintf(stderr, "%.17g\t%s\n", arguments->data[0].of.f64, arguments->data[1].of.ref ? "ref" : "null");
  return NULL;
}

static wasm_trap_t* host_env_text(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  // `env.text` is reading a string; here it returns zeros: write its body in C.
  results->data[0] = (wasm_val_t){.kind = WASM_I32, .of = {.i32 = (int32_t)0x9u}};
  return NULL;
}

static wasm_trap_t* host_env_text_to_nul(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  // `env.text_to_nul` is reading a string; here it returns zeros: write its body in C.
  return NULL;
}

static wasm_trap_t* host_env_text_of_export(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  // `env.text_of_export` is reading a string; here it returns zeros: write its body in C.
  return NULL;
}

static wasm_trap_t* host_env_count(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  static uint64_t calls = 0;
  uint64_t n = calls++;
  results->data[0] = (wasm_val_t){.kind = WASM_I64, .of = {.i64 = (int64_t)(5ull + 18446744073709551614ull * n)}};
  return NULL;
}

static wasm_trap_t* host_env_time(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  int64_t now = nanoseconds((struct timespec){0});
  results->data[0] = (wasm_val_t){.kind = WASM_F64, .of = {.f64 = (double)now / 1000000000}};
  return NULL;
}

static wasm_trap_t* host_env_ticks(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  int64_t now = nanoseconds(began);
  results->data[0] = (wasm_val_t){.kind = WASM_I64, .of = {.i64 = now / 1}};
  results->data[1] = (wasm_val_t){.kind = WASM_I32, .of = {.i32 = (int32_t)0x0u}};
  return NULL;
}

static wasm_trap_t* host_env_random(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  static uint64_t state = 1ull;
  results->data[0] = (wasm_val_t){.kind = WASM_I32, .of = {.i32 = (int32_t)(splitmix64(&state) >> 32)}};
  results->data[1] = (wasm_val_t){.kind = WASM_I64, .of = {.i64 = (int64_t)splitmix64(&state)}};
  results->data[2] = (wasm_val_t){.kind = WASM_F32, .of = {.f32 = (float)(splitmix64(&state) >> 40) / (1u << 24)}};
  results->data[3] = (wasm_val_t){.kind = WASM_F64, .of = {.f64 = (double)(splitmix64(&state) >> 11) / (1ull << 53)}};
  return NULL;
}

static wasm_trap_t* host_env_leave(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  exit((int)arguments->data[1].of.i64);
}

static wasm_trap_t* host_env_leave_narrow(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  exit(arguments->data[0].of.i32);
}

static wasm_trap_t* host_env_stop(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  exit(3);
}

static wasm_trap_t* host_env_fail(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  char text[1024];
  snprintf(text, sizeof text, "no \"%lld\" today", (long long)arguments->data[0].of.i32);
  wasm_message_t message;
  wasm_name_new_from_string_nt(&message, text);
  return wasm_trap_new(store, &message);
}

static wasm_trap_t* host_env_sum(const wasm_val_vec_t* arguments, wasm_val_vec_t* results) {
  (void)arguments;
  (void)results;
  // `env.sum` is JavaScript; here it returns zeros: write its body in C.
  results->data[0] = (wasm_val_t){.kind = WASM_I32, .of = {.i32 = (int32_t)0x0u}};
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
  FILE* file = fopen("every_kind.wasm", "rb");
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

  wasm_extern_t* externs[25] = {NULL};
  { wasm_valtype_vec_t params = kinds(1, (const wasm_valkind_t[]){WASM_I32}), results = kinds(4, (const wasm_valkind_t[]){WASM_I32, WASM_I64, WASM_F32, WASM_F64}); externs[0] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_value)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(1, (const wasm_valkind_t[]){WASM_F64}); externs[1] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_zero)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(0, NULL); externs[2] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_nothing)); }
  { wasm_valtype_vec_t params = kinds(4, (const wasm_valkind_t[]){WASM_I32, WASM_I64, WASM_F32, WASM_F64}), results = kinds(0, NULL); externs[3] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_log)); }
  { wasm_valtype_vec_t params = kinds(3, (const wasm_valkind_t[]){WASM_I32, WASM_I64, WASM_I32}), results = kinds(1, (const wasm_valkind_t[]){WASM_I64}); externs[4] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_letters)); }
  { wasm_valtype_vec_t params = kinds(2, (const wasm_valkind_t[]){WASM_F64, WASM_EXTERNREF}), results = kinds(0, NULL); externs[5] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_warn)); }
  { wasm_valtype_vec_t params = kinds(2, (const wasm_valkind_t[]){WASM_I32, WASM_I32}), results = kinds(1, (const wasm_valkind_t[]){WASM_I32}); externs[6] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_text)); }
  { wasm_valtype_vec_t params = kinds(1, (const wasm_valkind_t[]){WASM_I64}), results = kinds(0, NULL); externs[7] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_text_to_nul)); }
  { wasm_valtype_vec_t params = kinds(2, (const wasm_valkind_t[]){WASM_I32, WASM_I32}), results = kinds(0, NULL); externs[8] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_text_of_export)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(1, (const wasm_valkind_t[]){WASM_I64}); externs[9] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_count)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(1, (const wasm_valkind_t[]){WASM_F64}); externs[10] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_time)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(2, (const wasm_valkind_t[]){WASM_I64, WASM_I32}); externs[11] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_ticks)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(4, (const wasm_valkind_t[]){WASM_I32, WASM_I64, WASM_F32, WASM_F64}); externs[12] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_random)); }
  { wasm_valtype_vec_t params = kinds(2, (const wasm_valkind_t[]){WASM_I32, WASM_I64}), results = kinds(0, NULL); externs[13] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_leave)); }
  { wasm_valtype_vec_t params = kinds(1, (const wasm_valkind_t[]){WASM_I32}), results = kinds(0, NULL); externs[14] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_leave_narrow)); }
  { wasm_valtype_vec_t params = kinds(0, NULL), results = kinds(0, NULL); externs[15] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_stop)); }
  { wasm_valtype_vec_t params = kinds(1, (const wasm_valkind_t[]){WASM_I32}), results = kinds(1, (const wasm_valkind_t[]){WASM_F32}); externs[16] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_fail)); }
  { wasm_valtype_vec_t params = kinds(2, (const wasm_valkind_t[]){WASM_I32, WASM_I32}), results = kinds(1, (const wasm_valkind_t[]){WASM_I32}); externs[17] = wasm_func_as_extern(wasm_func_new(store, wasm_functype_new(&params, &results), host_env_sum)); }
  // `lib.twice` is an export of another module, which wasm.h cannot make here.
  { wasm_limits_t limits = {1, 2}; wasm_memory_t* made = wasm_memory_new(store, wasm_memorytype_new(&limits)); memcpy(wasm_memory_data(made) + 3, (const unsigned char[]){103, 114, 195, 188, 195, 159, 101}, 7); memcpy(wasm_memory_data(made) + 40, (const unsigned char[]){255, 1}, 2); externs[19] = wasm_memory_as_extern(made); }
  { wasm_limits_t limits = {4, 5}; externs[20] = wasm_table_as_extern(wasm_table_new(store, wasm_tabletype_new(wasm_valtype_new(WASM_FUNCREF), &limits), NULL)); }
  { wasm_limits_t limits = {1, wasm_limits_max_default}; externs[21] = wasm_table_as_extern(wasm_table_new(store, wasm_tabletype_new(wasm_valtype_new(WASM_EXTERNREF), &limits), NULL)); }
  { wasm_val_t value = {.kind = WASM_I32, .of = {.i32 = (int32_t)0x80000000u}}; externs[22] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new(WASM_I32), WASM_CONST), &value)); }
  { wasm_val_t value = {.kind = WASM_I64, .of = {.i64 = (int64_t)0x20000000000001ull}}; externs[23] = wasm_global_as_extern(wasm_global_new(store, wasm_globaltype_new(wasm_valtype_new(WASM_I64), WASM_VAR), &value)); }
  // `env.oops` is a tag, which wasm.h cannot make here.
  wasm_extern_vec_t imports = {25, externs};
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
