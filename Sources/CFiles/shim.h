#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

// Swift imports no variadic functions, and renameat2 only where _GNU_SOURCE is set. 2 is
// RENAME_EXCHANGE.
static inline int nbrun_exchange(const char *left, const char *right) {
  return (int)syscall(SYS_renameat2, AT_FDCWD, left, AT_FDCWD, right, 2);
}

// Swift's module of glibc has no malloc.h. Gives freed memory back to the system, where malloc
// keeps any.
static inline void nbrun_trim(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
