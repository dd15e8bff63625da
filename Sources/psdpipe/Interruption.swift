import Glibc
import Synchronization

/// The wish of the user, or of the system, that long work ends.
///
/// Work that asks gets to tidy up: temporary files go, old files stay. A second signal ends the
/// program at once. Work that does not ask ends at the first, as any program does.
struct Interruption: Error {
  private static let pending = Atomic<Int32>(0)

  private let signal: Int32

  /// Whether a signal came since ``watch()``.
  static var isPending: Bool { pending.load(ordering: .relaxed) != 0 }

  /// Notes SIGINT, SIGTERM and SIGHUP from now on, unless the caller has them ignored.
  static func watch() {
    pending.store(0, ordering: .relaxed)
    unblock()
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let before = Glibc.signal(number) { number in
        Interruption.pending.store(number, ordering: .relaxed)
        _ = Glibc.signal(number, SIG_DFL)
      }
      if Self.isSame(before, SIG_IGN) {
        _ = Glibc.signal(number, SIG_IGN)
      }
    }
  }

  /// Hears the signals although the caller's thread had them blocked, as those of some libraries
  /// that start programs have: a blocked mask is inherited without anybody's wish.
  private static func unblock() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for number in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&set, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Functions cannot be compared, and SIG_IGN is none: it is the address 1.
  private static func isSame(_ one: sighandler_t?, _ other: sighandler_t?) -> Bool {
    let first = unsafe unsafeBitCast(one, to: Int.self)
    let second = unsafe unsafeBitCast(other, to: Int.self)
    return first == second
  }

  /// - Throws: ``Interruption`` when a signal came.
  static func check() throws {
    let number = pending.load(ordering: .relaxed)
    if number != 0 { throw Interruption(signal: number) }
  }

  /// Ends by the same signal, which a shell tells as 130 for SIGINT and ends its loops at.
  func leave() -> Never {
    _ = Glibc.signal(signal, SIG_DFL)
    raise(signal)
    exit(128 + signal)
  }
}
