// Rights, descriptors by number, streams and sockets, as the specification has them.
#include "calls.h"

int main(void) {
  uint64_t root = rights_of(ROOT);
  CHECK(root & (READ | WRITE | SEEK | SET_SIZE), 0);
  // A right that was not asked for is not there; a program that asks for reading or writing alone
  // gets all that belongs to it.
  CHECK(open_at(ROOT, "f", CREAT, WRITE | SYNC, 0, 0), OK);
  uint32_t fd = number[0];
  CHECK(rights_of(fd), WRITE | SYNC);
  CHECK(write_to(fd, "text"), OK);
  CHECK(read_from(fd, 1), BADF);
  CHECK(raw_fd_seek(fd, 0, 0, AT(&position)), NOTCAPABLE);
  CHECK(raw_fd_filestat_get(fd, AT(bytes)), NOTCAPABLE);
  CHECK(raw_fd_close(fd), OK);
  CHECK(open_at(ROOT, "f", 0, READ, 0, 0), OK);
  fd = number[0];
  CHECK((rights_of(fd) & (READ | SEEK | TELL)) == (READ | SEEK | TELL), 1);
  CHECK(rights_of(fd) & (WRITE | ALLOCATE | SET_SIZE), 0);
  CHECK(write_to(fd, "x"), BADF);
  CHECK(raw_fd_seek(fd, 2, 0, AT(&position)), OK);
  CHECK(read_from(fd, 10), OK);
  CHECK(number[0], 2);
  // Rights that are given up do not come back.
  uint64_t had = rights_of(fd);
  CHECK(raw_fd_fdstat_set_rights(fd, had & ~(uint64_t)READ, 0), OK);
  CHECK(read_from(fd, 1), BADF);
  CHECK(raw_fd_fdstat_set_rights(fd, had, 0), NOTCAPABLE);
  CHECK(raw_fd_close(fd), OK);
  // A folder that was opened with no rights at all can do what its parent can.
  CHECK(open_at(ROOT, ".", DIRECTORY, 0, 0, 0), OK);
  uint32_t folder = number[0];
  CHECK(rights_of(folder), root);
  CHECK(raw_path_create_directory(folder, PATH("d")), OK);
  CHECK(open_at(folder, "d", DIRECTORY, READ, 0, 0), OK);
  CHECK(raw_fd_seek(number[0], 0, 1, AT(&position)), BADF);
  CHECK(raw_fd_tell(number[0], AT(&position)), BADF);
  CHECK(raw_fd_close(number[0]), OK);
  CHECK(open_at(folder, "d", DIRECTORY, READ | WRITE, 0, 0), ISDIR);
  CHECK(open_at(folder, "d/g", CREAT, READ | WRITE, 0, 1), OK);
  fd = number[0];
  CHECK(write_to(fd, "appended"), OK);
  struct piece one = {AT("x"), 1};
  CHECK(raw_fd_pwrite(fd, AT(&one), 1, 50, AT(number)), OK);
  CHECK(raw_fd_filestat_get(fd, AT(bytes)), OK);
  CHECK(*(uint64_t *)(bytes + 32), 9);
  CHECK(raw_fd_fdstat_set_flags(fd, 0), OK);
  CHECK(raw_fd_allocate(fd, 0, 100), OK);
  CHECK(raw_fd_filestat_set_size(fd, 3), OK);
  CHECK(raw_fd_close(fd), OK);
  CHECK(raw_path_remove_directory(folder, PATH("d")), NOTEMPTY);
  // What a folder does not hand on, nothing in it can have.
  CHECK(raw_fd_fdstat_set_rights(folder, root, READ | SEEK), OK);
  CHECK(open_at(folder, "d/g", 0, READ | WRITE, 0, 0), OK);
  CHECK(rights_of(number[0]), READ | SEEK);
  CHECK(write_to(number[0], "x"), BADF);
  CHECK(raw_fd_close(number[0]), OK);
  CHECK(raw_fd_fdstat_set_rights(folder, root & ~((uint64_t)1 << 19), READ), OK);
  CHECK(open_at(folder, "d/g", TRUNC, 0, 0, 0), NOTCAPABLE);
  // Renumbering closes its target, which must be open.
  CHECK(open_at(ROOT, "d/g", 0, READ, 0, 0), OK);
  fd = number[0];
  CHECK(raw_fd_renumber(fd, 500), BADF);
  CHECK(raw_fd_renumber(500, fd), BADF);
  CHECK(raw_fd_renumber(fd, fd), OK);
  CHECK(raw_fd_renumber(fd, folder), OK);
  CHECK(raw_fd_close(fd), BADF);
  CHECK(read_from(folder, 10), OK);
  CHECK(number[0], 3);
  CHECK(raw_fd_prestat_get(folder, AT(bytes)), BADF);
  CHECK(raw_fd_renumber(folder, 0), OK);
  CHECK(raw_fd_tell(0, AT(&position)), OK);
  CHECK(position, 3);
  // Streams and sockets.
  CHECK(raw_fd_seek(1, 0, 0, AT(&position)), SPIPE);
  CHECK(raw_fd_tell(1, AT(&position)), SPIPE);
  CHECK(raw_fd_pread(2, AT(&one), 1, 0, AT(number)), SPIPE);
  CHECK(read_from(1, 1), BADF);
  CHECK(raw_sock_shutdown(ROOT, 1), NOTSOCK);
  CHECK(raw_sock_shutdown(100, 1), BADF);
  CHECK(raw_sock_recv(1, AT(&one), 1, 0, AT(number), AT(number)), NOTSOCK);
  CHECK(raw_fd_filestat_get(1, AT(bytes)), OK);
  CHECK(*(uint64_t *)(bytes + 32), 0);
  CHECK(raw_fd_prestat_dir_name(ROOT, AT(bytes), 0), NAMETOOLONG);
  CHECK(raw_fd_prestat_dir_name(ROOT, AT(bytes), 100), OK);
  CHECK(raw_fd_close(ROOT), OK);
  CHECK(raw_fd_close(ROOT), BADF);
  CHECK(raw_fd_prestat_get(ROOT, AT(bytes)), BADF);
  return failed;
}
