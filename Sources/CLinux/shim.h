// Calls of Linux that the module Glibc does not show, since its headers hide them from ISO C.

// Writes all of the file system that the descriptor is in to the disk; 0, or -1 and errno.
// Source: syncfs(2).
int syncfs(int descriptor);
