// Numbers of descriptors, and files that lose or change their name while they are open.
#include "show.h"

int main(void) {
  make("f", "text");
  int first = open("f", O_RDONLY), second = open("f", O_RDONLY), third = open("f", O_RDONLY);
  SHOW(second - first);
  SHOW(third - first);
  SHOW(close(second));
  SHOW(open("f", O_RDONLY) - first);
  SHOW(close(first));
  SHOW(close(third));
  SHOW(open("f", O_RDONLY) - first);
  SHOW(open("f", O_RDONLY) - first);
  SHOW(close(1000));
  SHOW(close(-1));
  SHOW(read(1000, bytes, 1));
  SHOW(write(-1, bytes, 1));
  SHOW(lseek(1000, 0, SEEK_SET));
  SHOW(fstat(1000, &told));
  SHOW(fsync(1000));
  SHOW(fcntl(1000, F_GETFL));
  SHOW(openat(1000, "f", O_RDONLY));
  SHOW(openat(first, "x", O_RDONLY));
  SHOW(isatty(1000) == 0 && errno == EBADF);
  SHOW(isatty(first) == 0 && errno == ENOTTY);
  // One that is unlinked.
  int fd = open("gone", O_RDWR | O_CREAT, 0644);
  SHOW(write(fd, "abc", 3));
  SHOW(unlink("gone"));
  SHOW(stat("gone", &told));
  SHOW(fstat(fd, &told));
  SHOW(told.st_nlink);
  SHOW(told.st_size);
  SHOW(pread(fd, bytes, 10, 0));
  SHOW(write(fd, "def", 3));
  make("gone", "another");
  SHOW(pread(fd, bytes, 10, 0));
  SHOW(ftruncate(fd, 1));
  show_file("gone");
  SHOW(close(fd));
  // One that is renamed, and one that is replaced.
  fd = open("old", O_RDWR | O_CREAT, 0644);
  SHOW(write(fd, "old", 3));
  SHOW(rename("old", "new"));
  SHOW(write(fd, "+more", 5));
  show_file("new");
  make("other", "other");
  SHOW(rename("other", "new"));
  SHOW(pread(fd, bytes, 20, 0));
  SHOW(fstat(fd, &told));
  SHOW(told.st_nlink);
  SHOW(close(fd));
  show_file("new");
  // A folder that is removed or moved while it is open.
  mkdir("d", 0755);
  make("d/inner", "inner");
  int folder = open("d", O_RDONLY | O_DIRECTORY);
  SHOW(rename("d", "moved"));
  int inner = openat(folder, "inner", O_RDONLY);
  SHOW(read(inner, bytes, 10));
  SHOW(unlinkat(folder, "inner", 0));
  SHOW(rmdir("moved"));
  SHOW(openat(folder, "new", O_WRONLY | O_CREAT, 0644));
  SHOW(mkdirat(folder, "new", 0755));
  SHOW(fstat(folder, &told));
  SHOW(fstatat(folder, "inner", &told, 0));
  SHOW(read(inner, bytes, 10));
  SHOW(close(folder));
  SHOW(close(folder));
  // Two descriptors have positions of their own.
  int one = open("f", O_RDONLY), two = open("f", O_RDWR);
  SHOW(read(one, bytes, 2));
  SHOW(lseek(two, 0, SEEK_CUR));
  SHOW(write(two, "TEXT", 4));
  SHOW(read(one, bytes, 2));
  SHOW(bytes[0] == 'X' && bytes[1] == 'T');
  return 0;
}
