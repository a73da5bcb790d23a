// What a program finds when it starts: its name, arguments, variables and folders, a line for each.
//
//   zig cc -target wasm32-wasi about.c -o about.wasm
//   watshop run about.wasm --env COLOR=true --dir .::/here -- --test
#include <stdio.h>
#include <stdlib.h>
#include <wasi/api.h>

extern char **environ;

static void list(char **words) {
  for (char **word = words; *word; word++) printf("%s%s", word == words ? "" : ", ", *word);
  printf("\n");
}

int main(int count, char **arguments) {
  printf("Found program name: `%s`\n", arguments[0]);
  printf("Found %d arguments: ", count - 1);
  list(arguments + 1);
  int variables = 0;
  while (environ && environ[variables]) variables++;
  printf("Found %d environment variables: ", variables);
  list(variables ? environ : (char *[]){NULL});

  // The folders that a program is given are its first descriptors behind the standard streams.
  char *folders[64] = {0};
  int found = 0;
  __wasi_prestat_t folder;
  while (found < 63 && __wasi_fd_prestat_get(3 + found, &folder) == 0) {
    size_t length = folder.u.dir.pr_name_len;
    char *name = calloc(length + 1, 1);
    if (__wasi_fd_prestat_dir_name(3 + found, (uint8_t *)name, length) != 0) return 1;
    folders[found] = malloc(length + 14);
    sprintf(folders[found++], "DirEntry(\"%s\")", name);
  }
  printf("Found %d preopened directories: ", found);
  list(folders);
  return 0;
}
