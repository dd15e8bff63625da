internal import Glibc
internal import SystemPackage

/// How much there is to read, which only the operating system knows.
extension ByteSource {
  /// Linux's `F_SETPIPE_SZ`, which Glibc shows to GNU sources only.
  private static let setPipeSize: Int32 = 1031

  /// The bytes ahead in a regular file; makes a pipe as large as an unprivileged process may.
  static func size(
    of descriptor: FileDescriptor, named name: String
  ) throws(FileError) -> Int? {
    do {
      let status = try descriptor.stat()
      switch status.type {
      case .regular:
        return max(0, Int(status.size - (try descriptor.seek(offset: 0, from: .current))))
      case .fifo:
        // Fewer switches between writer and reader; refusal (a limit of the machine) is no harm.
        _ = fcntl(descriptor.rawValue, setPipeSize, Int32(1 << 20))
        return nil
      case .directory:
        throw Errno.isDirectory
      default:
        return nil
      }
    } catch Errno.isDirectory {
      throw FileError(
        .unsupported, path: name,
        reason: "this is a folder, not a capture; name a file in it, or let "
          + "psdpipe classify \(CommandText.word(name)) read all its captures")
    } catch {
      throw FileError(path: name, doing: "read", error)
    }
  }

  /// Whether a read returns at once, after waiting for that a while.
  ///
  /// A signal is delivered to one thread, maybe not to the one that a blocked read would have to
  /// be freed on.
  static func isReadable(_ descriptor: FileDescriptor, milliseconds: Int32) -> Bool {
    var state = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
    let ready = unsafe poll(&state, 1, milliseconds)
    // A failure other than a signal's is the read's to tell.
    return ready > 0 || (ready < 0 && errno != EINTR)
  }
}
