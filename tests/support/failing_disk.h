// Test support. A disk that fails, under everything that a program does: a library that stands before libc's write path.
//
// How. Linked first into a test program (or given to any program by LD_PRELOAD) it takes the place of open, write, fsync, rename … for the
// whole process: AppendFile, FFmpeg, SQLite's VFS, OpenSSL and std::filesystem all call these. Paths outside `folder` pass untouched.
// Every call that changes the disk below `folder` is an operation with a number, from 1.
//
// What it can do at operation N (Order::mode):
//   Count       nothing: count, and note which files were touched
//   Once, From  fail it, or it and all that follow, with `error`. EIO fails any operation. ENOSPC fails only what takes room (new names,
//               bytes, reservations); with From, room comes back when a file is removed or shortened, as much as it held.
//   Short       a write takes half of its bytes (the next write when N is none)
//   Kill        SIGKILL before it: all that was done before stands
//   Plug        the plug is pulled: what was not synced is lost, then SIGKILL
//   Sync        fail the Nth sync of files whose path ends in `sync_of`, with `error`
//
// A sync that fails, by whatever order, drops the file's bytes that were not yet synced, as Linux does: they read as zeros or as what was
// there before, the file keeps its length, and the next sync succeeds. Of a folder's failed sync nothing is dropped.
//
// The model of the plug. A file's bytes are safe up to its last fsync/fdatasync; older bytes that were overwritten or cut off since then come
// back. A name (create, rename, unlink, mkdir, rmdir) is safe when its folder was fsynced. `seed` 0: everything unsafe is lost. Other
// seeds: names in flight are kept up to a random one, as a journalling file system keeps them, and unsafe tails are kept up to a random
// byte, some of them as zeros.
// Limits. No mmap'd writes (SQLite's -shm, which holds nothing that must last), no io_uring, no stdio buffers (what libc writes out of a FILE
// does not pass a public name: core writes through none, see failing_disk_test), one folder a file, no
// reordering inside a file, no fsync that lies, chmod and times are not operations. Folders given to open are absolute, as core's are.
// The witness: bytes written to files whose name is `witness_name` go also to `witness`, a file outside the folder, and the number of them
// that were synced to `witness`.synced: what the program was told that stands, known by somebody else.
#pragma once

extern "C" {

enum FailingDiskMode { kDiskOff, kDiskCount, kDiskOnce, kDiskFrom, kDiskShort, kDiskKill, kDiskPlug, kDiskSync };

struct FailingDiskOrder {
  const char* folder;              // absolute
  enum FailingDiskMode mode;
  long at;                         // number of the operation
  int error;                       // EIO or ENOSPC
  unsigned seed;
  const char* witness_name;        // null: no witness
  const char* witness;
  const char* sync_of = nullptr;   // Sync: end of the file's path
};

// Begins a new count. In a program that was not linked with it: GUZHENG_DISK="folder mode at error seed" (words apart by one space, mode and
// error as numbers) at the start. A forked child goes on with its parent's orders.
void failing_disk_arm(const struct FailingDiskOrder* order);
// Of what is open and counted already: the operation `after` from now fails once. 0: none will.
void failing_disk_fail_soon(long after, int error);
long failing_disk_operations(void);              // so far
int failing_disk_struck(void);                   // did an operation fail, or come short
int failing_disk_dropped(void);                  // did a failed sync drop bytes
// Operations so far on files whose path ends in `suffix`.
long failing_disk_operations_on(const char* suffix);
}
