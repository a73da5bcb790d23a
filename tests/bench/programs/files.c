// Lists a folder of so many small files, which it makes first, and reads each.
#include "timed.h"

int main(int count, char **arguments) {
  long files = count > 1 ? atol(arguments[1]) : 100000;
  char name[40], bytes[64];
  must(mkdir("many", 0755) == 0, "many");
  long long began = now();
  for (long at = 0; at < files; at++) {
    sprintf(name, "many/%ld", at);
    int fd = open(name, O_WRONLY | O_CREAT, 0644);
    must(fd >= 0 && write(fd, name, strlen(name)) > 0, name);
    close(fd);
  }
  tell("make", began, 1);
  began = now();
  DIR *folder = opendir("many");
  must(folder != 0, "opendir");
  long seen = 0;
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (entry->d_name[0] == '.') continue;
    int fd = openat(dirfd(folder), entry->d_name, O_RDONLY);
    must(fd >= 0 && read(fd, bytes, sizeof bytes) > 0, entry->d_name);
    close(fd);
    seen++;
  }
  must(seen == files, "files");
  tell("read", began, 1);
  rewinddir(folder);
  for (struct dirent *entry; (entry = readdir(folder));) {
    if (entry->d_name[0] != '.') unlinkat(dirfd(folder), entry->d_name, 0);
  }
  closedir(folder);
  rmdir("many");
}
