// Pointers, lengths and numbers that no program should pass: each is an error, and none ends the
// program or its host.
#include "calls.h"

static const uint32_t END = 0xfffffff0, MIDDLE = 0xffff0000;

int main(void) {
  CHECK(open_at(ROOT, "f", CREAT, ALL, ALL, 0), OK);
  uint32_t fd = number[0];
  CHECK(write_to(fd, "0123456789"), OK);
  CHECK(raw_fd_write(fd, END, 1, AT(number)), FAULT);
  CHECK(raw_fd_write(fd, END, 0xffffffff, AT(number)), INVAL);
  struct piece outside = {MIDDLE, 100}, around = {AT(bytes), 0xffffffff}, empty = {MIDDLE, 0};
  struct piece good = {AT(bytes), 4};
  CHECK(raw_fd_write(fd, AT(&outside), 1, AT(number)), FAULT);
  CHECK(raw_fd_write(fd, AT(&around), 1, AT(number)), FAULT);
  CHECK(raw_fd_read(fd, AT(&outside), 1, AT(number)), FAULT);
  CHECK(raw_fd_pread(fd, AT(&outside), 1, 0, AT(number)), FAULT);
  CHECK(raw_fd_pwrite(fd, AT(&outside), 1, 0, AT(number)), FAULT);
  CHECK(raw_fd_write(fd, AT(&good), 1, END + 14), FAULT);
  CHECK(raw_fd_read(fd, AT(&good), 1, END + 14), FAULT);
  CHECK(raw_fd_write(1, AT(&outside), 1, AT(number)), FAULT);
  CHECK(raw_fd_read(0, AT(&outside), 1, AT(number)), FAULT);
  // Nothing of these was written, and the position stayed.
  CHECK(raw_fd_tell(fd, AT(&position)), OK);
  CHECK(position, 10);
  CHECK(raw_fd_seek(fd, 5, 0, END + 12), FAULT);
  CHECK(raw_fd_tell(fd, AT(&position)), OK);
  CHECK(position, 10);
  (void)empty;
  CHECK(raw_fd_write(fd, AT(&good), 0, AT(number)), OK);
  CHECK(number[0], 0);
  CHECK(raw_args_sizes_get(END + 14, AT(number)), FAULT);
  CHECK(raw_environ_sizes_get(AT(number), END + 14), FAULT);
  CHECK(raw_clock_time_get(1, 0, END + 12), FAULT);
  CHECK(raw_clock_time_get(9, 0, AT(&position)), INVAL);
  CHECK(raw_fd_fdstat_get(fd, END), FAULT);
  CHECK(raw_fd_filestat_get(fd, END), FAULT);
  CHECK(raw_fd_prestat_get(ROOT, END + 12), FAULT);
  CHECK(raw_fd_prestat_dir_name(ROOT, END, 0xff), FAULT);
  CHECK(raw_fd_readdir(ROOT, END, 100, 0, AT(number)), FAULT);
  CHECK(raw_fd_readdir(ROOT, AT(bytes), 100, 0, END + 14), FAULT);
  CHECK(raw_random_get(END, 100), FAULT);
  CHECK(raw_random_get(AT(bytes), 0), OK);
  CHECK(raw_poll_oneoff(END, AT(bytes), 1, AT(number)), FAULT);
  CHECK(raw_poll_oneoff(AT(bytes), END, 1, AT(number)), FAULT);
  CHECK(raw_poll_oneoff(AT(bytes), AT(bytes), 0, AT(number)), INVAL);
  CHECK(raw_poll_oneoff(AT(bytes), AT(bytes), 0xffffffff, AT(number)), INVAL);
  CHECK(raw_path_open(ROOT, 0, END, 100, 0, ALL, ALL, 0, AT(number)), FAULT);
  CHECK(raw_path_open(ROOT, 0, PATH("g"), CREAT, ALL, ALL, 0, END + 14), FAULT);
  CHECK(raw_path_filestat_get(ROOT, 0, PATH("g"), AT(bytes)), NOENT);
  CHECK(raw_path_filestat_get(ROOT, 0, PATH("f"), END), FAULT);
  CHECK(raw_path_readlink(ROOT, PATH("f"), END, 100, AT(number)), FAULT);
  CHECK(raw_path_create_directory(ROOT, END, 100), FAULT);
  CHECK(raw_path_rename(ROOT, PATH("f"), ROOT, END, 100), FAULT);
  CHECK(raw_path_symlink(END, 100, ROOT, PATH("l")), FAULT);
  // Paths.
  CHECK(raw_path_open(ROOT, 0, AT("\xff\xfe"), 2, CREAT, ALL, ALL, 0, AT(number)), ILSEQ);
  CHECK(raw_path_open(ROOT, 0, AT("a\0b"), 3, CREAT, ALL, ALL, 0, AT(number)), INVAL);
  CHECK(raw_path_open(ROOT, 0, AT("f\0"), 2, 0, ALL, ALL, 0, AT(number)), INVAL);
  CHECK(raw_path_open(ROOT, 0, AT(""), 0, 0, READ, 0, 0, AT(number)), NOENT);
  CHECK(raw_path_filestat_get(ROOT, 0, AT(""), 0, AT(bytes)), NOENT);
  CHECK(raw_path_create_directory(ROOT, AT(""), 0), NOENT);
  CHECK(raw_path_unlink_file(ROOT, AT(""), 0), NOENT);
  CHECK(raw_path_symlink(AT(""), 0, ROOT, PATH("l")), NOENT);
  memset(bytes, 'n', 5000);
  CHECK(raw_path_open(ROOT, 0, AT(bytes), 256, CREAT, ALL, ALL, 0, AT(number)), NAMETOOLONG);
  CHECK(raw_path_open(ROOT, 0, AT(bytes), 5000, CREAT, ALL, ALL, 0, AT(number)), NAMETOOLONG);
  CHECK(raw_path_create_directory(ROOT, AT(bytes), 256), NAMETOOLONG);
  // Flags.
  CHECK(raw_path_open(ROOT, 2, PATH("f"), 0, READ, 0, 0, AT(number)), INVAL);
  CHECK(raw_path_open(ROOT, 0, PATH("f"), 16, READ, 0, 0, AT(number)), INVAL);
  CHECK(raw_path_open(ROOT, 0, PATH("f"), 0, READ, 0, 32, AT(number)), INVAL);
  CHECK(raw_path_open(ROOT, 0, PATH("new"), CREAT | DIRECTORY, READ, 0, 0, AT(number)), INVAL);
  CHECK(raw_fd_fdstat_set_flags(fd, 32), INVAL);
  CHECK(raw_fd_seek(fd, 0, 3, AT(&position)), INVAL);
  CHECK(raw_fd_advise(fd, 0, 0, 6), INVAL);
  CHECK(raw_fd_advise(fd, 1, 0xffffffffffffffff, 0), INVAL);
  CHECK(raw_fd_filestat_set_times(fd, 1, 1, 3), INVAL);
  CHECK(raw_fd_filestat_set_times(fd, 1, 1, 12), INVAL);
  CHECK(raw_fd_filestat_set_times(fd, 1, 1, 16), INVAL);
  CHECK(raw_path_filestat_set_times(ROOT, 0, PATH("f"), 1, 1, 3), INVAL);
  CHECK(raw_fd_filestat_set_size(fd, 0x8000000000000000), INVAL);
  CHECK(raw_fd_pread(fd, AT(&good), 1, 0x8000000000000000, AT(number)), INVAL);
  CHECK(raw_fd_pwrite(fd, AT(&good), 1, 0xffffffffffffffff, AT(number)), INVAL);
  CHECK(raw_proc_raise(9), NOTSUP);
  // Pieces that overlap are read in their order, one at a time at least.
  struct piece twice[2] = {{AT(bytes), 4}, {AT(bytes) + 2, 4}};
  CHECK(raw_fd_seek(fd, 0, 0, AT(&position)), OK);
  CHECK(raw_fd_read(fd, AT(twice), 2, AT(number)), OK);
  CHECK(number[0] >= 4, 1);
  // The list of pieces lies in what is read.
  struct piece *list = (struct piece *)bytes;
  *list = (struct piece){AT(bytes), 8};
  CHECK(raw_fd_pread(fd, AT(list), 1, 0, AT(number)), OK);
  CHECK(number[0], 8);
  CHECK(memcmp(bytes, "01234567", 8), 0);
  // The result lies in what is read.
  struct piece over = {AT(bytes), 10};
  CHECK(raw_fd_pread(fd, AT(&over), 1, 0, AT(bytes)), OK);
  CHECK(*(uint32_t *)bytes, 10);
  return failed;
}
