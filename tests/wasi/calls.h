// The functions of preview 1 as they are imported, so that a program can pass what no C library
// would; and CHECK, which tells the line of what is not as it should be.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define WASI(name, ...)                                                                     \
  int raw_##name(__VA_ARGS__)                                                              \
      __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name)))

WASI(args_sizes_get, uint32_t, uint32_t);
WASI(clock_time_get, uint32_t, uint64_t, uint32_t);
WASI(environ_sizes_get, uint32_t, uint32_t);
WASI(fd_advise, uint32_t, uint64_t, uint64_t, uint32_t);
WASI(fd_allocate, uint32_t, uint64_t, uint64_t);
WASI(fd_close, uint32_t);
WASI(fd_datasync, uint32_t);
WASI(fd_fdstat_get, uint32_t, uint32_t);
WASI(fd_fdstat_set_flags, uint32_t, uint32_t);
WASI(fd_fdstat_set_rights, uint32_t, uint64_t, uint64_t);
WASI(fd_filestat_get, uint32_t, uint32_t);
WASI(fd_filestat_set_size, uint32_t, uint64_t);
WASI(fd_filestat_set_times, uint32_t, uint64_t, uint64_t, uint32_t);
WASI(fd_pread, uint32_t, uint32_t, uint32_t, uint64_t, uint32_t);
WASI(fd_prestat_dir_name, uint32_t, uint32_t, uint32_t);
WASI(fd_prestat_get, uint32_t, uint32_t);
WASI(fd_pwrite, uint32_t, uint32_t, uint32_t, uint64_t, uint32_t);
WASI(fd_read, uint32_t, uint32_t, uint32_t, uint32_t);
WASI(fd_readdir, uint32_t, uint32_t, uint32_t, uint64_t, uint32_t);
WASI(fd_renumber, uint32_t, uint32_t);
WASI(fd_seek, uint32_t, uint64_t, uint32_t, uint32_t);
WASI(fd_tell, uint32_t, uint32_t);
WASI(fd_write, uint32_t, uint32_t, uint32_t, uint32_t);
WASI(path_create_directory, uint32_t, uint32_t, uint32_t);
WASI(path_filestat_get, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);
WASI(path_filestat_set_times, uint32_t, uint32_t, uint32_t, uint32_t, uint64_t, uint64_t, uint32_t);
WASI(path_link, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);
WASI(path_open, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint64_t, uint64_t, uint32_t,
     uint32_t);
WASI(path_readlink, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);
WASI(path_remove_directory, uint32_t, uint32_t, uint32_t);
WASI(path_rename, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);
WASI(path_symlink, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);
WASI(path_unlink_file, uint32_t, uint32_t, uint32_t);
WASI(poll_oneoff, uint32_t, uint32_t, uint32_t, uint32_t);
WASI(proc_raise, uint32_t);
WASI(random_get, uint32_t, uint32_t);
WASI(sock_recv, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t);
WASI(sock_shutdown, uint32_t, uint32_t);

enum { OK = 0, BADF = 8, EXIST = 20, FAULT = 21, ILSEQ = 25, INVAL = 28, ISDIR = 31, LOOP = 32,
       NAMETOOLONG = 37, NOENT = 44, NOTDIR = 54, NOTEMPTY = 55, NOTSOCK = 57, NOTSUP = 58,
       PERM = 63, SPIPE = 70, NOTCAPABLE = 76 };
enum { CREAT = 1, DIRECTORY = 2, EXCL = 4, TRUNC = 8 };
enum { READ = 1 << 1, SEEK = 1 << 2, SYNC = 1 << 4, TELL = 1 << 5, WRITE = 1 << 6,
       ALLOCATE = 1 << 8, SET_SIZE = 1 << 22 };
#define ALL ((uint64_t)0x1fffffff)

static int failed;
static uint8_t bytes[1 << 16];
static uint32_t number[2];
static uint64_t position;

#define CHECK(call, wanted)                                                                \
  do {                                                                                     \
    long got = (long)(call);                                                               \
    if (got != (long)(wanted)) {                                                           \
      failed = 1;                                                                          \
      printf("%s:%d: %s is %ld, not %s\n", __FILE__, __LINE__, #call, got, #wanted);       \
    }                                                                                      \
  } while (0)
#define AT(place) ((uint32_t)(uintptr_t)(place))
#define PATH(text) AT(text), (uint32_t)strlen(text)

// The folder that the program was given.
#define ROOT 3

struct piece { uint32_t at, length; };

static inline int open_at(uint32_t folder, const char *path, uint32_t how, uint64_t rights,
                   uint64_t handed_on, uint32_t flags) {
  return raw_path_open(folder, 0, PATH(path), how, rights, handed_on, flags, AT(number));
}

static inline uint64_t rights_of(uint32_t fd) {
  CHECK(raw_fd_fdstat_get(fd, AT(bytes)), OK);
  uint64_t rights;
  memcpy(&rights, bytes + 8, 8);
  return rights;
}

static inline int write_to(uint32_t fd, const char *text) {
  struct piece one = {AT(text), strlen(text)};
  return raw_fd_write(fd, AT(&one), 1, AT(number));
}

static inline int read_from(uint32_t fd, uint32_t length) {
  struct piece one = {AT(bytes), length};
  return raw_fd_read(fd, AT(&one), 1, AT(number));
}
