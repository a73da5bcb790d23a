// Writes a file of so many MiB and reads it again, by pieces of 1 MiB.
#include "timed.h"

static char bytes[1 << 20];

int main(int count, char **arguments) {
  long pieces = count > 1 ? atol(arguments[1]) : 1024;
  memset(bytes, 'x', sizeof bytes);
  int fd = open("big", O_RDWR | O_CREAT | O_TRUNC, 0644);
  must(fd >= 0, "big");
  long long began = now();
  for (long at = 0; at < pieces; at++) must(write(fd, bytes, sizeof bytes) == sizeof bytes, "write");
  tell("write", began, 1);
  must(lseek(fd, 0, SEEK_SET) == 0, "lseek");
  began = now();
  for (long at = 0; at < pieces; at++) must(read(fd, bytes, sizeof bytes) == sizeof bytes, "read");
  tell("read", began, 1);
  close(fd);
  unlink("big");
}
