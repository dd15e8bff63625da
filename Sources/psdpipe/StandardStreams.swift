import Glibc

/// The three descriptors that every program is given, or should be.
enum StandardStreams {
  /// Fills those that the caller closed, so that no file of ours gets their numbers.
  ///
  /// Each is opened the wrong way round: what reads or writes it is told that it is closed.
  static func reserve() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
