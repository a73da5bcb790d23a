// Folders, listings, and names that are made, moved and removed.
#include "show.h"

static int order(const void *one, const void *other) {
  return strcmp(*(char *const *)one, *(char *const *)other);
}

static void list(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) {
    printf("opendir %s: %s\n", path, strerror(errno));
    return;
  }
  static char *names[4000];
  int count = 0;
  for (struct dirent *entry; (entry = readdir(folder)); count++) {
    char line[300];
    int kind = entry->d_type == DT_DIR ? 'd' : entry->d_type == DT_LNK ? 'l' : 'f';
    int same = strcmp(entry->d_name, "..") == 0 ||
               (fstatat(dirfd(folder), entry->d_name, &told, AT_SYMLINK_NOFOLLOW) == 0 &&
                told.st_ino == entry->d_ino);
    snprintf(line, sizeof line, "%s:%c%d", entry->d_name, kind, same);
    names[count] = strdup(line);
  }
  qsort(names, count, sizeof *names, order);
  printf("%s has %d:", path, count);
  for (int at = 0; at < count && at < 12; at++) printf(" %s", names[at]);
  rewinddir(folder);
  int again = 0;
  while (readdir(folder)) again++;
  printf(" again %d\n", again);
  SHOW(closedir(folder));
}

static void places(void) {
  DIR *folder = opendir("many");
  long at[3000];
  static char names[3000][30];
  int count = 0, right = 0;
  for (struct dirent *entry; at[count] = telldir(folder), (entry = readdir(folder)); count++) {
    strcpy(names[count], entry->d_name);
  }
  for (int back = count - 1; back >= 0; back -= 7) {
    seekdir(folder, at[back]);
    struct dirent *entry = readdir(folder);
    right += entry && strcmp(entry->d_name, names[back]) == 0;
  }
  printf("%d entries, %d found again at their places\n", count, right);
  closedir(folder);
}

int main(void) {
  SHOW(mkdir("d", 0755));
  SHOW(mkdir("d", 0755));
  SHOW(mkdir("d/", 0755));
  SHOW(mkdir(".", 0755));
  SHOW(mkdir("none/x", 0755));
  SHOW(mkdir("e/", 0755));
  make("f", "1");
  make("d/g", "2");
  SHOW(mkdir("f", 0755));
  SHOW(mkdir("f/x", 0755));
  symlink("d", "l");
  list(".");
  list("d");
  list("l");
  list("none");
  list("f");
  SHOW(rename("f", "d"));
  SHOW(rename("d", "f"));
  SHOW(rename("e", "d"));
  SHOW(rename("d", "e"));
  SHOW(rename("e", "e/in"));
  SHOW(rename("none", "q"));
  SHOW(rename("f", "none/q"));
  SHOW(rename("f", "e/h"));
  SHOW(rename("e/h", "e/h"));
  SHOW(rename("e/h", "e/g"));
  show_file("e/g");
  SHOW(rename("e/g", "f/"));
  SHOW(rename("e/g/", "f"));
  SHOW(rename("e/", "moved/"));
  SHOW(rename("l", "moved-link"));
  SHOW(lstat("moved-link", &told) || !S_ISLNK(told.st_mode));
  SHOW(rename(".", "x"));
  SHOW(rmdir("moved"));
  SHOW(unlink("moved"));
  SHOW(rmdir("moved/g"));
  SHOW(unlink("moved/g/"));
  SHOW(unlink("moved/g"));
  SHOW(rmdir("moved/"));
  SHOW(rmdir("none"));
  SHOW(unlink("none"));
  SHOW(rmdir("moved-link"));
  SHOW(unlink("moved-link"));
  SHOW(mkdir("many", 0755));
  for (int at = 0; at < 2000; at++) {
    char name[30];
    sprintf(name, "many/file-%d", at);
    make(name, "");
  }
  list("many");
  places();
  int folder = open("many", O_RDONLY | O_DIRECTORY);
  int inner = openat(folder, "file-7", O_RDONLY);
  SHOW(inner < 0);
  close(inner);
  SHOW(openat(folder, "none", O_RDONLY));
  SHOW(fstatat(folder, "file-8", &told, 0));
  SHOW(fstatat(folder, ".", &told, 0));
  SHOW(mkdirat(folder, "sub", 0755));
  SHOW(unlinkat(folder, "sub", 0));
  SHOW(unlinkat(folder, "file-9", AT_REMOVEDIR));
  SHOW(unlinkat(folder, "sub", AT_REMOVEDIR));
  SHOW(unlinkat(folder, "file-9", 0));
  SHOW(renameat(folder, "file-8", folder, "renamed"));
  SHOW(fstatat(folder, "file-8", &told, 0));
  SHOW(read(folder, bytes, 1));
  SHOW(write(folder, bytes, 1));
  SHOW(pread(folder, bytes, 1, 0));
  SHOW(ftruncate(folder, 0));
  SHOW(fsync(folder));
  SHOW(fstat(folder, &told) || !S_ISDIR(told.st_mode));
  SHOW(close(folder));
  DIR *listed = opendir("many");
  int removed = 0;
  for (struct dirent *entry; (entry = readdir(listed));) {
    removed += unlinkat(dirfd(listed), entry->d_name, 0) == 0;
  }
  closedir(listed);
  SHOW(removed);
  SHOW(rmdir("many"));
  list(".");
  return 0;
}
