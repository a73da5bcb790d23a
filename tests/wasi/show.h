// The tool of the programs in this folder: each line shows an expression, its result, and the error
// if it failed. The same program runs on Linux and by Watshop, and both must print the same.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define SHOW(call)                                                                         \
  do {                                                                                     \
    errno = 0;                                                                             \
    long shown = (long)(call);                                                             \
    printf("%s = %ld %s\n", #call, shown, shown < 0 ? strerror(errno) : "");               \
  } while (0)

// Shows whether a path opens, without its number, and closes it again.
#define OPENS(path, ...)                                                                   \
  do {                                                                                     \
    errno = 0;                                                                             \
    int opened = open(path, __VA_ARGS__);                                                  \
    printf("open(%s, %s): %s\n", #path, #__VA_ARGS__, opened < 0 ? strerror(errno) : "ok");\
    if (opened >= 0) close(opened);                                                        \
  } while (0)

static char bytes[1 << 16];
static struct stat told;

static inline void make(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd)) {
    printf("%s was not made: %s\n", path, strerror(errno));
  }
}

static inline void show_file(const char *path) {
  int fd = open(path, O_RDONLY);
  ssize_t length = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
  if (length < 0) printf("%s: %s\n", path, strerror(errno));
  else printf("%s: %zd \"%.*s\"\n", path, length, length > 60 ? 60 : (int)length, bytes);
  if (fd >= 0) close(fd);
}
