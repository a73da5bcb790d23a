// Standard streams, and waiting for them.
#include "show.h"

static void wait_for(const char *name, int fd, int events, int timeout) {
  struct pollfd one = {fd, events, 0};
  errno = 0;
  int count = poll(&one, 1, timeout);
  printf("%s: %d%s%s%s%s\n", name, count, one.revents & (POLLIN | POLLHUP) ? " in" : "",
         one.revents & POLLOUT ? " out" : "", one.revents & POLLNVAL ? " invalid" : "",
         count < 0 ? strerror(errno) : "");
}

int main(void) {
  SHOW(isatty(0));
  SHOW(isatty(1));
  SHOW(isatty(2));
  SHOW(lseek(1, 0, SEEK_CUR));
  SHOW(write(0, "x", 1));
  SHOW(ftruncate(1, 0));
  wait_for("output", 1, POLLOUT, 1000);
  wait_for("input", 0, POLLIN, 1000);
  SHOW(read(0, bytes, 3));
  wait_for("rest of the input", 0, POLLIN, 1000);
  struct iovec two[2] = {{bytes, 2}, {bytes + 2, 2}};
  SHOW(readv(0, two, 2));
  long rest = 0;
  for (long more; (more = read(0, bytes, sizeof bytes)) > 0;) rest += more;
  SHOW(rest);
  SHOW(read(0, bytes, 1));
  wait_for("input at its end", 0, POLLIN, 1000);
  make("f", "text");
  int fd = open("f", O_RDWR);
  wait_for("a file", fd, POLLIN, 1000);
  wait_for("a file to be written", fd, POLLOUT, 1000);
  wait_for("one that is closed", 1000, POLLIN, 5);
  struct pollfd both[2] = {{fd, POLLIN, 0}, {1, POLLOUT, 0}};
  SHOW(poll(both, 2, 1000));
  SHOW(poll(0, 0, 3));
  fflush(stdout);
  SHOW(write(1, "a\0b\xff\n", 5));
  for (int at = 0; at < 65536; at++) bytes[at] = 'a' + at % 26;
  fflush(stdout);
  long written = 0;
  for (int at = 0; at < 16; at++) written += write(1, bytes, 65536);
  SHOW(written);
  return 7;
}
